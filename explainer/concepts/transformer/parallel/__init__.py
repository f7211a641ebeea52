"""All words at once against one after another."""
