"""Import catalogue files in tests."""

import io
from pathlib import Path
from typing import Any

from shop.catalog.actions import import_catalogue
from shop.catalog.models import ImportRun, Product

HEADER = "sku,name,price,category_path"


def imported(text: str | bytes, **options: Any) -> ImportRun:
    """Import the text of a file; returns the run as it was stored."""
    content = text.encode() if isinstance(text, str) else text
    run = ImportRun.objects.create(filename="goods.csv", dry_run=options.pop("dry_run", False))
    import_catalogue(run, io.BytesIO(content), **options)
    return ImportRun.objects.get(pk=run.pk)


def imported_rows(*rows: str, header: str = HEADER, **options: Any) -> ImportRun:
    """Import rows of CSV below a header."""
    return imported("\n".join([header, *rows]) + "\n", **options)


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    """Return created, updated, unchanged, refused."""
    assert run.status == ImportRun.Status.DONE
    assert run.rows_read == run.created + run.updated + run.unchanged + run.refused
    return run.created, run.updated, run.unchanged, run.refused


def faults(run: ImportRun) -> list[tuple[int, str, str, str]]:
    """Return line, SKU, column and code of everything refused."""
    return [(e["line"], e["sku"], e["column"], e["code"]) for e in run.errors]


def product(sku: str) -> Product:
    return Product.objects.get(sku=sku)


def paths_of(product: Product) -> list[str]:
    """Return the categories of a product in order, as a file would name them."""
    return [
        "/".join(page.title for page in placement.category.get_ancestors(inclusive=True)[2:])
        for placement in product.placements.select_related("category").order_by("sort_order")
    ]


def write(folder: Path, text: str, name: str = "goods.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path
