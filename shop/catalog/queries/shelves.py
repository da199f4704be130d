"""The category under which figures count a product: its first, so that each counts once."""

from collections.abc import Sequence

from shop.catalog.models import CategoryPage, ProductPlacement

AT_ONCE = 5_000
# Home is at depth 2, the whole shop at 3.
WHOLE_SHOP = 3


def canonical_categories(product_ids: Sequence[int]) -> dict[int, str]:
    """Return the path in words of each product's first category: "Produce / Fruits"."""
    first: dict[int, str] = {}
    for start in range(0, len(product_ids), AT_ONCE):
        some = ProductPlacement.objects.filter(product__in=product_ids[start : start + AT_ONCE])
        # The last one read stays: the one that stands first.
        rows = some.order_by("-sort_order", "-pk").values_list("product_id", "category__path")
        first.update(rows)
    titles = _titles(set(first.values()))
    return {product_id: titles[path] for product_id, path in first.items()}


def _titles(paths: set[str]) -> dict[str, str]:
    """Put the titles on each way one after another; the whole shop's own is left out."""
    steplen = CategoryPage.steplen
    ways = {
        path: [path[: depth * steplen] for depth in range(WHOLE_SHOP + 1, len(path) // steplen + 1)]
        or [path]
        for path in paths
    }
    wanted = {step for way in ways.values() for step in way}
    titles = dict(CategoryPage.objects.filter(path__in=wanted).values_list("path", "title"))
    return {path: " / ".join(titles.get(step, "") for step in way) for path, way in ways.items()}
