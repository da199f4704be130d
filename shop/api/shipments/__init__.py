"""Shipments of orders, and what comes back."""
