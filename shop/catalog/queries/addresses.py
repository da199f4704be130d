"""Addresses of pages and products without asking the database or the URL resolver for each."""

from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.encoding import iri_to_uri


@lru_cache(maxsize=1)
def _product_address() -> tuple[str, str]:
    before, after = reverse("product", args=["--"]).split("--")
    return before, after


def product_address(slug: str) -> str:
    """Return the path of a product's page."""
    before, after = _product_address()
    return f"{before}{slug}{after}"


def page_address(url_path: str) -> str:
    """Return the path of a page on its site; `url_path` is Wagtail's, the home page first in it."""
    return iri_to_uri("/" + url_path.split("/", 2)[2]) if url_path.count("/") > 1 else "/"


def absolute(path: str) -> str:
    """Return the full address of a path, for other programs to follow."""
    return path if "://" in path else f"{settings.BASE_URL}{path}"
