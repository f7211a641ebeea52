"""Draws arrays: canvas, colours, heat maps, charts and controls; no torch."""
