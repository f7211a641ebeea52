"""What the program explains: one folder a concept."""
