"""The same with nothing kept from one request to the next."""

from benchmarks.settings import *  # noqa: F403

PAGE_CACHE_SECONDS = 0
