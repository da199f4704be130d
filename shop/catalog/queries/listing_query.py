"""What a shopper asks of a listing, read from the address; whatever makes no sense is ignored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from shop.core.money import round_money

SORTS = ("featured", "newest", "price", "-price", "name")
RELEVANCE = "relevance"
OPTION_PREFIX = "option_"
MAX_PRICE = Decimal(10_000_000_000)
MAX_CHOICES = 20
LONGEST_VALUE = 120
TRUE = {"1", "true", "on", "yes"}


@dataclass(frozen=True, slots=True)
class ListingQuery:
    """Filters, order and page of a listing, with the address they belong to."""

    path: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    min_price: Decimal | None = None
    max_price: Decimal | None = None
    in_stock: bool = False
    on_sale: bool = False
    brands: tuple[str, ...] = ()
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1

    @property
    def filtered(self) -> bool:
        """Tell whether anything narrows the listing."""
        return bool(
            self.min_price is not None
            or self.max_price is not None
            or self.in_stock
            or self.on_sale
            or self.brands
            or self.options
        )

    def url(self, **changes: Any) -> str:
        """Return the address of this listing with some words changed; the page begins anew."""
        changed = replace(self, **{"page": 1, **changes})
        words = urlencode(list(changed.words()))
        return f"{self.path}?{words}" if words else self.path

    def words(self) -> Iterable[tuple[str, str]]:
        """Yield the query words in one fixed order, defaults left out."""
        yield from self.hidden
        if self.min_price is not None:
            yield "min_price", price_word(self.min_price)
        if self.max_price is not None:
            yield "max_price", price_word(self.max_price)
        if self.in_stock:
            yield "in_stock", "1"
        if self.on_sale:
            yield "on_sale", "1"
        for brand in self.brands:
            yield "brand", brand
        for name, values in self.options.items():
            for value in values:
                yield f"{OPTION_PREFIX}{name}", value
        if self.sort:
            yield "sort", self.sort
        if self.page > 1:
            yield "page", str(self.page)

    def without_filters(self) -> str:
        """Return the address of the same listing with nothing narrowed."""
        return ListingQuery(path=self.path, hidden=self.hidden, sort=self.sort).url()


def read_listing_query(
    words: Any, *, path: str, hidden: Iterable[tuple[str, str]] = (), ranked: bool = False
) -> ListingQuery:
    """Read a request's query words (a MultiValueDict).

    `hidden` are words of the page itself that every link keeps; `ranked` lists (search results)
    have an order of their own.
    """
    low, high = _price(words.get("min_price")), _price(words.get("max_price"))
    if low is not None and high is not None and low > high:
        low, high = high, low
    sort = words.get("sort", "")
    return ListingQuery(
        path=path,
        hidden=tuple(hidden),
        min_price=low,
        max_price=high,
        in_stock=words.get("in_stock", "").lower() in TRUE,
        on_sale=words.get("on_sale", "").lower() in TRUE,
        brands=_values(words.getlist("brand")),
        options=_options(words),
        sort=sort if sort in SORTS[0 if ranked else 1 :] else "",
        page=_page(words.get("page", "")),
    )


def price_word(price: Decimal) -> str:
    """Write a price as a query word, without idle decimals."""
    return f"{price:.0f}" if price == price.to_integral_value() else f"{price:.2f}"


def _price(text: str | None) -> Decimal | None:
    try:
        price = Decimal((text or "").strip().replace(",", ""))
    except InvalidOperation:
        return None
    return round_money(price) if price.is_finite() and 0 <= price <= MAX_PRICE else None


def _values(texts: Iterable[str]) -> tuple[str, ...]:
    kept = (text.strip() for text in texts)
    fit = [text for text in kept if 0 < len(text) <= LONGEST_VALUE and "\x00" not in text]
    return tuple(dict.fromkeys(fit))[:MAX_CHOICES]


def _options(words: Any) -> dict[str, tuple[str, ...]]:
    options = {}
    for key in sorted(words)[:100]:
        name = key.removeprefix(OPTION_PREFIX)
        if name != key and 0 < len(name) <= 60 and "\x00" not in name:
            options[name.casefold()] = _values(words.getlist(key))
    return {name: values for name, values in options.items() if values}


def _page(text: str) -> int:
    return max(int(text), 1) if text.isascii() and text.isdecimal() and len(text) < 10 else 1
