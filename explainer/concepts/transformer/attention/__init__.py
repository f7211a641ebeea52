"""One sentence through attention, number by number."""
