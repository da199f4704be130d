"""Products: lists from the read model, one with everything, and what staff write."""
