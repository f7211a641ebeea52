"""Who listens to whom: from tokens to attention, with every number."""
