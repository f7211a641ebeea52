"""Model files that two concepts use; no Qt."""
