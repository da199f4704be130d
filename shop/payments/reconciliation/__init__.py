"""Hold what providers say against what the shop noted, and what people have to look at."""
