"""The window around the stage."""
