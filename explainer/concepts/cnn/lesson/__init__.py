"""What is taught about convolutional networks: one file a scene."""
