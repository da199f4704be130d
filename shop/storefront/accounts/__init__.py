"""Signing in, and keeping an account safe: what the shop adds to django-allauth."""
