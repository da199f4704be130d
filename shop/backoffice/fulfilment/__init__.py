"""Screens on which parcels are packed and sent, and returns taken in."""
