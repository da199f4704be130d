"""Pretend providers for development and tests: they speak the real ones' HTTP."""
