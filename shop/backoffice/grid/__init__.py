"""Prices and stock of all variants as a table to write in, and the ledger behind each number."""
