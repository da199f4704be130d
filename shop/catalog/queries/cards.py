"""Cards: what a list shows of a product or a category."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.catalog.models import (
    WHOLE_SHOP,
    CategoryFigure,
    CategoryPage,
    Listing,
    ProductPicture,
)
from shop.catalog.pictures import CARD, GALLERY
from shop.catalog.queries.addresses import page_address, product_address
from shop.catalog.queries.pictures import Picture, pictures
from shop.core.clock import now
from shop.core.money import display
from shop.core.statements import Statement

Card = dict[str, Any]
Row = tuple[Any, ...]

NEW_FOR = timedelta(days=14)
TOP_CATEGORIES = 8

# Each has an index of its own, so that the first page of any category is a short scan.
ORDERS: dict[str, tuple[str, ...]] = {
    "featured": ("place", "-featured", "-published_at", "-product_id"),
    "newest": ("-published_at", "-product_id"),
    "price": ("price", "product_id"),
    "-price": ("-price", "-product_id"),
    "name": ("name", "product_id"),
}


def card_rows(listings: QuerySet[Listing]) -> list[Row]:
    """Read what cards say, and which picture is each product's first: one statement."""
    return list(card_columns(listings))


def card_columns(listings: QuerySet[Listing]) -> QuerySet[Listing, Row]:
    """Select the columns that cards are made from."""
    first = ProductPicture.objects.filter(product=OuterRef("product")).order_by("sort_order", "pk")
    return listings.values_list(
        "product_id",
        "name",
        "price",
        "list_price",
        "price_varies",
        "on_sale",
        "in_stock",
        "published_at",
        "product__slug",
        "product__brand",
        Subquery(first.values("image")[:1]),
        Subquery(first.values("alt")[:1]),
    )


def _in_category(
    category_id: int, order: tuple[str, ...], first: int, after: int
) -> QuerySet[Listing, Row]:
    rows = Listing.objects.filter(category_id=category_id).order_by(*order)
    return card_columns(rows[first:after])


_CATEGORY_CARDS = Statement(_in_category)


def category_card_rows(
    category_id: int, order: tuple[str, ...], first: int, after: int
) -> list[Row]:
    """Read a window of a whole category's cards."""
    return _CATEGORY_CARDS.rows(category_id, shape=(order, first, after))


def cards(listings: QuerySet[Listing]) -> list[Card]:
    """Return the cards of these rows: two statements, however many cards."""
    return pictured_cards(card_rows(listings))


def pictured_cards(rows: Sequence[Row]) -> list[Card]:
    """Turn rows into cards, with one statement for all their pictures."""
    return finished_cards(rows, pictures([row[10] for row in rows], CARD))


def finished_cards(
    rows: Sequence[Row], found: dict[int, dict[str, Picture]], *, kind: str = CARD.name
) -> list[Card]:
    """Turn rows into cards with pictures that were read before."""
    new_since = now() - NEW_FOR
    says = _Says(sale=_("Sale"), new=_("New"), sold_out=_("Sold out"))
    return [_card(row, found.get(row[10], {}).get(kind), new_since, says) for row in rows]


class _Says(NamedTuple):
    """Words of all cards of a page, translated once."""

    sale: str
    new: str
    sold_out: str


def _card(row: Row, picture: Picture | None, new_since: Any, says: _Says) -> Card:
    pk, name, price, list_price, varies, on_sale, in_stock, published_at, slug, brand, *_rest = row
    alt = row[11]
    badge, tone = _badge(price, list_price, varies, on_sale, published_at > new_since, says)
    return {
        "id": pk,
        "url": SafeString(product_address(slug)),
        "name": name,
        "brand": brand,
        "price": shown(price),
        "was_price": shown(list_price) if on_sale and not varies and list_price > price else None,
        "from_price": varies,
        "badge": badge,
        "badge_tone": tone,
        "stock_note": None if in_stock else says.sold_out,
        "stock_state": None if in_stock else "out",
        "picture": {**picture, "alt": alt or name} if picture else None,
    }


def shown(price: Decimal) -> SafeString:
    """Return an amount for people; digits and a currency need no escaping in a template."""
    return SafeString(display(price))


def _badge(
    price: Decimal, list_price: Decimal, varies: bool, on_sale: bool, is_new: bool, says: _Says
) -> tuple[str | None, str | None]:
    if on_sale:
        percent = int((list_price - price) * 100 / list_price) if list_price else 0
        return (says.sale if varies or percent < 1 else f"\u2212{percent}%"), "sale"
    return (says.new, "new") if is_new else (None, None)


def _chosen(product_ids: list[int]) -> QuerySet[Listing, Row]:
    rows = Listing.objects.filter(category_id=WHOLE_SHOP, product__among=product_ids)
    return card_columns(rows)


_CHOSEN_CARDS = Statement(_chosen)


def chosen_product_cards(product_ids: Sequence[int]) -> list[Card]:
    """Return cards of the visible ones among these products, in the given order."""
    if not product_ids:
        return []
    place = {pk: number for number, pk in enumerate(product_ids)}
    rows = _CHOSEN_CARDS.rows(list(product_ids))
    return pictured_cards(sorted(rows, key=lambda row: place[row[0]]))


def featured_product_cards(*, limit: int) -> list[Card]:
    """Return cards of the newest featured products."""
    # SQLite finds no index for a bare `featured`; a comparison it does.
    featured = Listing.objects.filter(category_id=WHOLE_SHOP, featured__gte=True)
    return cards(featured.order_by(*ORDERS["featured"])[:limit])


def product_count(count: int) -> str:
    """Return "1,204 products"."""
    return ngettext("%(count)s product", "%(count)s products", count) % {"count": f"{count:,}"}


def category_cards(category_ids: Collection[int] | None) -> list[dict[str, Any]]:
    """Return tiles of the live ones among these categories in the given order, or the top ones."""
    pages = CategoryPage.objects.live()
    if category_ids is None:
        pages = pages.filter(depth=4).order_by("path")[:TOP_CATEGORIES]
    else:
        pages = pages.filter(pk__in=category_ids)
    rows = list(
        pages.values_list("pk", "title", "url_path", "picture_id", Subquery(counts_of("pk")))
    )
    if category_ids is not None:
        place = {pk: number for number, pk in enumerate(category_ids)}
        rows.sort(key=lambda row: place[row[0]])
    found = pictures([row[3] for row in rows], GALLERY)
    return [
        {
            "title": title,
            "url": page_address(url_path),
            "count_label": product_count(count) if count else None,
            "picture": _decorative(found.get(picture_id, {}).get(GALLERY.name)),
        }
        for _pk, title, url_path, picture_id, count in rows
    ]


def _decorative(picture: Picture | None) -> Picture | None:
    return {**picture, "alt": ""} if picture else None


def counts_of(page_id: str) -> QuerySet[CategoryFigure]:
    """Return a subquery for how many products the page of the outer query holds."""
    return CategoryFigure.objects.filter(
        category_id=OuterRef(page_id), facet=CategoryFigure.ALL, value=""
    ).values("count")  # type: ignore[return-value]
