"""Two pairs of nets on the same data, noise and seed, trained together."""
