"""Money in the admin: what does not fit, statements, and what came in each day."""
