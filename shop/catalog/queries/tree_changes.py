"""What a category's move, rename or end would change, told before it is done."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from shop.catalog.models import CategoryPage, Listing, ProductPlacement
from shop.catalog.queries.addresses import page_address
from shop.catalog.rules import ancestor_paths, path_range

SAMPLES = 10


@dataclass(frozen=True, slots=True)
class ShelfCount:
    """How many products a category has, and would have."""

    title: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class TreeChange:
    """Pages that get another address, and categories that get other figures."""

    pages: int
    before: str
    after: str
    samples: list[tuple[str, str]]
    products: int
    counts: list[ShelfCount]

    @property
    def moves(self) -> bool:
        """Tell whether any address changes."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Leaving:
    """What the end of a category leaves behind."""

    categories: int
    products: int
    orphans: int
    heir: str


def tree_change(page: CategoryPage, parent: Page, slug: str) -> TreeChange:
    """Return what changes when `page` stands below `parent` under the address part `slug`."""
    after = f"{parent.url_path}{slug}/"
    below = CategoryPage.objects.within(page).order_by("path")
    paths = list(below.values_list("url_path", flat=True)[: SAMPLES + 1])
    return TreeChange(
        pages=below.count(),
        before=page_address(page.url_path),
        after=page_address(after),
        samples=[
            (page_address(path), page_address(after + path[len(page.url_path) :]))
            for path in paths[1:]
        ],
        products=Listing.objects.filter(category_id=page.pk).count(),
        counts=_counts(page, parent),
    )


def _counts(page: CategoryPage, parent: Page) -> list[ShelfCount]:
    """Return the categories that lose or win products, the upper ones first."""
    old = set(ancestor_paths(page.path, from_depth=3)[:-1])
    new = set(ancestor_paths(parent.path, from_depth=3))
    changed = CategoryPage.objects.filter(path__in=old ^ new).order_by("path")
    return [_count(category, page, loses=category.path in old) for category in changed]


def _count(category: CategoryPage, page: CategoryPage, *, loses: bool) -> ShelfCount:
    here = Listing.objects.filter(category_id=category.pk)
    before = here.count()
    if loses:
        elsewhere = _placed(category, "product").filter(~_within("category__path", page.path))
        return ShelfCount(category.title, before, here.filter(Exists(elsewhere)).count())
    known = here.filter(product=OuterRef("product"))
    added = Listing.objects.filter(category_id=page.pk).filter(~Exists(known))
    return ShelfCount(category.title, before, before + added.count())


def _placed(category: Page, product: str) -> QuerySet[ProductPlacement]:
    """Return live placements below a category of the product that a field of the outer names."""
    return ProductPlacement.objects.filter(
        _within("category__path", category.path),
        product=OuterRef(product),
        category__live=True,
    )


def _within(column: str, path: str) -> Q:
    first, after = path_range(path)
    return Q(**{f"{column}__gte": first, f"{column}__lt": after})


def leaving(page: CategoryPage) -> Leaving:
    """Return how many products a category leaves when it is deleted with all below it."""
    here = ProductPlacement.objects.filter(_within("category__path", page.path))
    elsewhere = ProductPlacement.objects.filter(product=OuterRef("product")).filter(
        ~_within("category__path", page.path)
    )
    heir = heir_of(page.path, going=lambda paths: set())
    return Leaving(
        categories=CategoryPage.objects.within(page).count() - 1,
        products=here.values("product").distinct().count(),
        orphans=here.filter(~Exists(elsewhere)).values("product").distinct().count(),
        heir=heir.title if heir else "",
    )


def heir_of(path: str, *, going: Any) -> CategoryPage | None:
    """Return the nearest category above that stays; `going` picks those of some paths that go."""
    above = ancestor_paths(path, from_depth=3)[:-1]
    left = [each for each in above if each not in going(above)]
    return CategoryPage.objects.filter(path__in=left).order_by("-path").first()
