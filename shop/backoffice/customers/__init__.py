"""People with an account: the list, one screen for each, and what may be done with them."""
