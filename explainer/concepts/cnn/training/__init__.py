"""The network learns in front of you."""
