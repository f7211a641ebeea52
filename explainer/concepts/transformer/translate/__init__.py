"""Two languages, learned live: one token at a time."""
