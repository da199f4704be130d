"""Programs that may ask the shop for tokens."""
