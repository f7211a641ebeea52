"""The whole model, a box at a time."""
