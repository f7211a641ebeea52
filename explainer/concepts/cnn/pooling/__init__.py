"""Smaller maps, window by window."""
