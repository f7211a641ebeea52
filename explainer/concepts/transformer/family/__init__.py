"""The family scene: one grammar learned under three objectives."""
