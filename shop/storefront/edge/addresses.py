"""Which addresses show something that changed."""

from collections.abc import Collection, Iterable

from django.conf import settings
from wagtail.models import Page

from shop.catalog.models import Product, ProductPlacement
from shop.catalog.queries.addresses import absolute, page_address, product_address
from shop.catalog.rules import ancestor_paths, path_range
from shop.core.queue import enqueue_after_commit

HOME_DEPTH = 2
AT_ONCE = 100


def addresses_of_products(product_ids: Collection[int]) -> set[str]:
    """Return the pages of products, and of all categories whose lists they stand in."""
    slugs = Product.objects.filter(pk__among=list(product_ids)).values_list("slug", flat=True)
    shelves = ProductPlacement.objects.filter(product__among=list(product_ids))
    paths = set(shelves.values_list("category__path", flat=True).distinct())
    return {absolute(product_address(slug)) for slug in slugs} | addresses_on_the_way(paths)


def addresses_on_the_way(paths: Iterable[str]) -> set[str]:
    """Return pages by their tree paths, and all above them up to the front page."""
    above = {one for path in paths for one in ancestor_paths(path, from_depth=HOME_DEPTH)}
    rows = Page.objects.filter(path__in=above).values_list("url_path", flat=True)
    return {absolute(page_address(url_path)) for url_path in rows} | {absolute("/")}


def addresses_below(page: Page) -> set[str]:
    """Return the pages of a part of the tree: all of them say its name."""
    first, after = path_range(page.path)
    rows = Page.objects.filter(path__gte=first, path__lt=after).values_list("url_path", flat=True)
    return {absolute(page_address(url_path)) for url_path in rows}


def addresses_of_all() -> set[str]:
    """Return every page of the tree: header and footer stand on all of them."""
    rows = Page.objects.filter(depth__gte=HOME_DEPTH, live=True).values_list("url_path", flat=True)
    return {absolute(page_address(url_path)) for url_path in rows}


def moved(addresses: Iterable[str], before: str, after: str) -> set[str]:
    """Return the addresses that a part of the tree had before its `url_path` changed."""
    old, new = absolute(page_address(before)), absolute(page_address(after))
    return {old + one.removeprefix(new) for one in addresses if one.startswith(new)}


def purge(addresses: Iterable[str]) -> None:
    """Have the caches in front forget these addresses, once what changed is committed."""
    known = sorted(set(addresses))
    for start in range(0, len(known), AT_ONCE):
        enqueue_after_commit("shop.storefront.edge.tasks.purge", known[start : start + AT_ONCE])


def is_on() -> bool:
    """Tell whether there is a cache in front that is told of changes."""
    return bool(settings.WAGTAILFRONTENDCACHE)
