"""Jobs of shoppers and headless fronts: pages, lists, search, averages (J1 to J5)."""

from random import Random

from benchmarks.bench import Bench
from benchmarks.load import get
from shop.catalog.models import CategoryFigure, CategoryPage, Product
from shop.demo.seeding.vocabulary import QUALITIES, THINGS


def category_paths() -> list[str]:
    """Return addresses of categories with at least a page of products, large and small."""
    full = CategoryFigure.objects.filter(
        facet=CategoryFigure.ALL, count__gte=24, category_id__gt=0
    ).values("category_id")
    urls = (
        CategoryPage.objects.filter(pk__in=full).order_by("pk").values_list("url_path", flat=True)
    )
    paths = [address(url) for url in urls]
    return Random(1).sample(paths, min(60, len(paths)))


def address(url_path: str) -> str:
    """Return the address of a page from its way through the tree, which begins with the site's."""
    return "/" + url_path.split("/", 2)[2]


def root() -> CategoryPage:
    """Return the category that holds everything."""
    return CategoryPage.objects.order_by("depth", "path").first()


def root_path() -> str:
    """Return its address."""
    return address(root().url_path)


def product_slugs() -> list[str]:
    """Return addresses of products from all over the catalogue."""
    return list(Product.objects.order_by("pk").values_list("slug", flat=True)[:100_000:331])


def search_words() -> list[str]:
    """Return what people look for: two words, one word, a number."""
    words = [f"{one}+{other}" for one, other in zip(QUALITIES, THINGS, strict=False)][:30]
    return [*words, *THINGS[:10], *(f"GEN-{number:07d}" for number in range(10, 20))]


def pages(bench: Bench) -> None:
    """J1."""
    bench.measure(
        "J1",
        "category page, 24 products",
        [get(path) for path in category_paths()],
        bar=1 / 25,
        goal=1 / 23,
    )


def pages_again(bench: Bench) -> None:
    """J1, the same page again and again by people without a cart."""
    bench.measure(
        "J1",
        "category page again, anonymous",
        [get(category_paths()[0])],
        bar=1 / 4,
        goal=1 / 2,
    )


def product_pages(bench: Bench) -> None:
    """J2."""
    bench.measure(
        "J2",
        "product page",
        [get(f"/products/{slug}/") for slug in product_slugs()],
        bar=1 / 20,
        goal=1 / 16,
    )


def lists(bench: Bench) -> None:
    """J3."""
    numbers = CategoryPage.objects.order_by("path").values_list("pk", flat=True)[::97]
    bench.measure(
        "J3",
        "list JSON: category subtree, price order, 20",
        [get(f"/api/v2/products/?category={pk}&order=price&limit=20") for pk in numbers],
        bar=1 / 15,
        goal=1 / 12,
    )


def searches(bench: Bench) -> None:
    """J4."""
    bench.measure(
        "J4",
        "search, first page",
        [get(f"/search/?q={word}") for word in search_words()],
        bar=1 / 40,
        goal=1 / 36,
    )


def averages(bench: Bench) -> None:
    """J5."""
    bench.measure(
        "J5",
        "average price of the root",
        [get(f"/api/v2/categories/{root().pk}/average-price/")],
        bar=1 / 6,
        goal=1 / 5.4,
    )
