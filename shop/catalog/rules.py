"""Pure decisions of the catalogue."""

import html
import operator
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

# treebeard keeps a page's place in a path of 255 characters, four a level: 63 levels, of which
# Wagtail's root and the home page take two.
STEP = 4
MAX_PAGE_DEPTH = 63
MAX_CATEGORY_LEVELS = MAX_PAGE_DEPTH - 2

# The 1-2-5 series: steps that read well in every currency. A band is named by its lower edge.
PRICE_BANDS = (0, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)


def sku_key(sku: str) -> str:
    """Return the form under which a SKU is unique: without regard to case or letter width."""
    return unicodedata.normalize("NFKC", sku.strip()).casefold()


def title_key(title: str) -> str:
    """Return the form under which two categories of one parent are the same."""
    return unicodedata.normalize("NFC", title.strip()).casefold()


def path_range(path: str) -> tuple[str, str]:
    """Return the half-open range of tree paths of a page and all below it.

    "[" sorts just after "Z", the last character of a path, so the range cannot overflow, and both
    SQLite and PostgreSQL answer it from the index on `path`.
    """
    return path, f"{path}["


def ancestor_paths(path: str, *, from_depth: int = 1) -> list[str]:
    """Return the paths of a page and its ancestors, from the top down to itself."""
    return [path[:end] for end in range(from_depth * STEP, len(path) + 1, STEP)]


def price_band(price: Decimal) -> int:
    """Return the lower edge of the band a price lies in."""
    return PRICE_BANDS[bisect_right(PRICE_BANDS, price) - 1]


@dataclass(frozen=True, slots=True)
class SaleWindow:
    """When a sale price counts; None leaves that end open."""

    start: datetime | None = None
    end: datetime | None = None

    def contains(self, moment: datetime) -> bool:
        """Tell whether the sale is on: the start counts, the end no longer does."""
        return (self.start is None or self.start <= moment) and (
            self.end is None or moment < self.end
        )


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """The list price of a variant and what it costs now."""

    list_price: Decimal
    current: Decimal

    @property
    def on_sale(self) -> bool:
        """Tell whether it costs less than its list price now."""
        return self.current < self.list_price


def unit_price(
    *,
    product_price: Decimal,
    product_sale_price: Decimal | None,
    variant_price: Decimal | None,
    variant_sale_price: Decimal | None,
    price_difference: Decimal | None,
    window: SaleWindow,
    moment: datetime,
) -> UnitPrice:
    """Decide what one variant costs at a moment.

    A variant with a price of its own has its own sale price too; one without follows the product,
    plus its difference. A sale price counts only while it is lower than the list price.
    """
    if variant_price is not None:
        list_price, sale = variant_price, variant_sale_price
    else:
        difference = price_difference or Decimal(0)
        list_price = max(product_price + difference, Decimal(0))
        sale = variant_sale_price
        if sale is None and product_sale_price is not None:
            sale = max(product_sale_price + difference, Decimal(0))
    on = sale is not None and sale < list_price and window.contains(moment)
    return UnitPrice(list_price, sale if on and sale is not None else list_price)


Same = Callable[[str, object, object], bool]


def _equal(name: str, one: object, other: object) -> bool:
    return operator.eq(one, other)


def merge_fields(
    before: Mapping[str, object],
    after: Mapping[str, object],
    draft: Mapping[str, object],
    *,
    same: Same = _equal,
) -> dict[str, object]:
    """Merge a change of the live row into a draft, field by field.

    Where the draft still says what the live row said before, it takes the new value; where the
    editor had changed it, the editor's stays. `same` tells whether two values of a field mean the
    same ("12" and "12.00" as prices).
    """
    return {
        name: after[name]
        if name in after and name in before and same(name, value, before[name])
        else value
        for name, value in draft.items()
    }


def merge_children(
    before: Iterable[Mapping[str, object]],
    after: Iterable[Mapping[str, object]],
    draft: Iterable[Mapping[str, object]],
    *,
    key: str,
    same: Same = _equal,
) -> list[dict[str, object]]:
    """Merge changed child rows (variants, placements ...) into a draft's, matched by `key`.

    New rows are added, rows that went are taken out unless the editor had touched them, rows in
    both are merged field by field. A row that the editor took out stays out. The draft's order and
    its own new rows stay.
    """
    was = {row[key]: row for row in before}
    now = {row[key]: row for row in after}
    merged = []
    seen = set()
    for row in draft:
        name = row[key]
        seen.add(name)
        if name in was and name not in now and _untouched(was[name], row, same):
            continue
        if name in was and name in now:
            merged.append(merge_fields(was[name], now[name], row, same=same))
        else:
            merged.append(dict(row))
    merged += [dict(row) for name, row in now.items() if name not in was and name not in seen]
    return merged


def _untouched(before: Mapping[str, object], draft: Mapping[str, object], same: Same) -> bool:
    return all(
        name not in before or same(name, value, before[name]) for name, value in draft.items()
    )


def rich_text(text: str) -> str:
    """Write plain text as rich text: an empty line begins a paragraph, a line break stays one."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return "".join(
        f"<p>{html.escape(part, quote=False).replace(chr(10), '<br/>')}</p>" for part in paragraphs
    )


_BREAK = re.compile(r"<br\s*/?>")
_BLOCK_END = re.compile(r"</(?:p|h\d|li|ul|ol)>")
_TAG = re.compile(r"<[^>]*>")


def plain_text(markup: str) -> str:
    """Return the words of rich text, so that two ways of marking up the same words are equal."""
    text = _BLOCK_END.sub("\n\n", _BREAK.sub("\n", markup))
    lines = (" ".join(line.split()) for line in html.unescape(_TAG.sub("", text)).split("\n"))
    return re.sub(r"\n{2,}", "\n\n", "\n".join(lines)).strip()
