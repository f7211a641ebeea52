"""A miniature StyleGAN: mapping, a style for each layer, mixing, noise, truncation."""
