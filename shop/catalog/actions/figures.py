"""Add differences to the stored figures of categories."""

from collections import defaultdict

from django.db import connection

# (category, facet, value) -> [count, sum of list prices in hundredths]
Figures = dict[tuple[int, str, str], list[int]]

PART = 500

_ADD = """
    INSERT INTO catalog_categoryfigure (category_id, facet, value, count, price_cents) {rows}
    ON CONFLICT (category_id, facet, value) DO UPDATE
    SET count = catalog_categoryfigure.count + excluded.count,
        price_cents = catalog_categoryfigure.price_cents + excluded.price_cents
"""
_ARRAYS = "SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::bigint[])"

Row = tuple[int, str, str, int, int]


def new_figures() -> Figures:
    """Return differences of figures, none yet."""
    return defaultdict(lambda: [0, 0])


def apply_figures(figures: Figures) -> None:
    """Add differences to the stored figures in key order.

    Everybody locks them in this order, so that two changes never wait for each other in a circle.
    """
    rows: list[Row] = [
        (*key, count, total) for key, (count, total) in sorted(figures.items()) if count or total
    ]
    if connection.vendor == "postgresql":
        _add_arrays(rows)
    else:
        _add_values(rows)


def _add_arrays(rows: list[Row]) -> None:
    """Add any number of differences in one statement; its text does not grow with them."""
    if not rows:
        return
    ids, facets, values, counts, totals = zip(*rows, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            _ADD.format(rows=_ARRAYS),
            [_numbers(ids), list(facets), list(values), _numbers(counts), _numbers(totals)],
        )


def _numbers(numbers: tuple[int, ...]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"


def _add_values(rows: list[Row]) -> None:
    with connection.cursor() as cursor:
        for start in range(0, len(rows), PART):
            part = rows[start : start + PART]
            places = ", ".join(["(%s, %s, %s, %s, %s)"] * len(part))
            cursor.execute(
                _ADD.format(rows=f"VALUES {places}"), [cell for row in part for cell in row]
            )
