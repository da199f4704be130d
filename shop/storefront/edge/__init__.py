"""Caches in front of the shop (CDN_PURGE_URL): what they may keep, and what they are told."""
