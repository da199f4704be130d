"""Ways to pay, and attempts to pay an order."""
