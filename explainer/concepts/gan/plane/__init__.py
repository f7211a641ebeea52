"""The plane: a generator and a discriminator in a tug-of-war over points."""
