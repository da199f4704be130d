"""What the worker runs for caches in front of the shop."""

from wagtail.contrib.frontend_cache.utils import get_backends


def purge(addresses: list[str]) -> None:
    """Tell every cache to forget these addresses; what it does not answer to is logged."""
    for backend in get_backends().values():
        backend.purge_batch(addresses)
