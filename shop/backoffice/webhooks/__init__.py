"""Webhooks in the admin: who hears of what, and what became of each telling."""
