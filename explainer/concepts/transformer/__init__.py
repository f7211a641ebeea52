"""Transformers: scenes over one live model that translates between Korean and English."""
