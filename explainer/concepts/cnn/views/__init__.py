"""Pictures of convolutional networks: one file a scene."""
