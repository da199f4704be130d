"""Seed the demo shop through the same actions that people use."""
