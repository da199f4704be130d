"""Categories: the tree, and what things cost in it."""
