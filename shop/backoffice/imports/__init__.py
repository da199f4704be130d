"""Catalogue files in the admin: give one, look before it writes, follow it, take it back."""
