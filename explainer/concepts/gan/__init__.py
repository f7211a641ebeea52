"""Generative adversarial networks: a forger and a judge that learn from each other."""
