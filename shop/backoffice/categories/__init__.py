"""Tools for categories: their prices, the order on their shelves, what a change would bring."""
