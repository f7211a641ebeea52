"""Draw a digit, and watch the network read it."""
