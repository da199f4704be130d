"""What only staff see: figures, customers, shelves that run empty."""
