"""Webhooks over the API: who hears of what, and what became of each telling."""
