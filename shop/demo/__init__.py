"""The demo shop: its words, its pictures and how it is seeded."""
