"""True or false: claims about GANs, answered by doing."""
