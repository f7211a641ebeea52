"""A small GPT that learns from a text of the person's own."""
