"""Everything a product's page shows."""

from typing import Any
from urllib.parse import quote, urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from shop.catalog.models import Product
from shop.catalog.pictures import CARD, GALLERY, THUMB, PictureKind
from shop.catalog.queries.addresses import absolute, product_address
from shop.catalog.queries.cards import ORDERS, category_card_rows, finished_cards
from shop.catalog.queries.navigation import breadcrumb, way_to
from shop.catalog.queries.pictures import Picture, pictures_by_use
from shop.catalog.queries.product_parts import Offer, ProductParts, draft_parts, stored_parts
from shop.catalog.queries.seo import breadcrumb_data, json_ld, product_data, short_text
from shop.core.clock import now
from shop.core.money import display

RELATED = 4
MOST_AT_ONCE = 99


def product_page(product: Product, sku: str | None = None) -> dict[str, Any]:
    """Return the context of storefront/product.html for a product in memory: a draft's preview."""
    return _context(draft_parts(product, now()), sku)


def stored_product_page(slug: str, sku: str | None = None) -> dict[str, Any] | None:
    """Return the context for a visible product in seven statements; None if there is none."""
    parts = stored_parts(slug, now())
    return _context(parts, sku) if parts and parts.offers else None


def _context(parts: ProductParts, sku: str | None) -> dict[str, Any]:
    chosen = choose(parts.offers, sku)
    url = product_address(parts.slug or "-")
    ways = breadcrumb(way_to(parts.category_path)) if parts.category_path else []
    related = _related(parts)
    images = _gallery_images(parts, chosen)
    uses: dict[int, tuple[PictureKind, ...]] = {row[10]: (CARD,) for row in related}
    for image, _alt in images:
        uses[image] = (GALLERY, THUMB, *uses.get(image, ()))
    found = pictures_by_use(uses)
    gallery = [
        shown
        for image, alt in images
        if (shown := _gallery_picture(found.get(image, {}), alt or parts.name))
    ]
    return {
        "product": {
            "id": parts.pk,
            "name": parts.name,
            "brand": parts.brand,
            "brand_url": _brand_url(parts.brand, ways),
            "sku": parts.sku,
            "description": rich_text(parts.description),
            "attributes": [{"name": name, "value": value} for name, value in parts.attributes],
        },
        "breadcrumb": ways,
        "menu_url": ways[2]["url"] if len(ways) > 2 else None,
        "gallery": gallery,
        "selected": selected(chosen, parts.offers, asked=sku is not None),
        "option_groups": option_groups(parts.offers, chosen),
        "related": finished_cards(related, found),
        "preview": parts.draft,
        "meta": _meta(parts, chosen, url, ways, gallery),
    }


def choose(offers: list[Offer], sku: str | None) -> Offer:
    """Return the variant asked for, else the first one that can be bought, else the first."""
    wanted = (sku or "").casefold()
    asked = next((offer for offer in offers if offer.sku.casefold() == wanted), None)
    return asked or next((offer for offer in offers if offer.available), offers[0])


def rich_text(html: str) -> SafeString:
    """Return an editor's text as a page shows it, its links resolved."""
    return SafeString(expand_db_html(html)) if html else SafeString("")


def selected(offer: Offer, offers: list[Offer], *, asked: bool) -> dict[str, Any]:
    """Word the price and stock of the chosen variant."""
    price = offer.price
    state, note = stock_words(offer)
    return {
        "sku": offer.sku,
        "price": display(price.current),
        "was_price": display(price.list_price) if price.on_sale else None,
        "saving": _("You save %s") % display(price.list_price - price.current)
        if price.on_sale
        else None,
        "from_price": False if asked else len({other.price.current for other in offers}) > 1,
        "stock_state": state,
        "stock_note": note,
        "max_quantity": MOST_AT_ONCE if offer.left is None else min(offer.left, MOST_AT_ONCE),
        "options": ", ".join(offer.options.values()) or None,
    }


def stock_words(offer: Offer) -> tuple[str, str]:
    """Return state (in, low, out) and words of a variant's stock."""
    return words_for_units(offer.left, offer.low_at)


def words_for_units(left: int | None, low_at: int) -> tuple[str, str]:
    """Return state and words for so many units left (None: nobody counts)."""
    if left is not None and left <= 0:
        return "out", _("Sold out")
    if left is not None and left <= low_at:
        return "low", _("Only %d left") % left
    return "in", _("In stock")


def option_groups(offers: list[Offer], chosen: Offer) -> list[dict[str, Any]]:
    """Return each option with its values; a value leads to the nearest variant that has it."""
    names = list(dict.fromkeys(name for offer in offers for name in offer.options))
    if len(offers) < 2:
        return []
    groups = []
    for name in names:
        values = dict.fromkeys(o.options[name] for o in offers if name in o.options)
        choices = []
        for value in values:
            offer = _nearest(offers, chosen, name, value)
            choices.append(
                {
                    "label": value,
                    "url": f"?variant={quote(offer.sku)}",
                    "selected": chosen.options.get(name) == value,
                    "available": offer.available,
                }
            )
        groups.append(
            {"name": name, "selected_label": chosen.options.get(name), "choices": choices}
        )
    return groups


def _nearest(offers: list[Offer], chosen: Offer, name: str, value: str) -> Offer:
    wanted = {**chosen.options, name: value}
    having = [offer for offer in offers if offer.options.get(name) == value]
    return max(
        having,
        key=lambda offer: (
            sum(offer.options.get(key) == own for key, own in wanted.items()),
            offer.available,
        ),
    )


def _gallery_images(parts: ProductParts, chosen: Offer) -> list[tuple[int, str]]:
    images = dict(parts.pictures)
    if chosen.picture_id:
        words = ", ".join([parts.name, *chosen.options.values()])
        images = {chosen.picture_id: images.get(chosen.picture_id) or words} | {
            image: alt for image, alt in images.items() if image != chosen.picture_id
        }
    return list(images.items())


def _gallery_picture(kinds: dict[str, Picture], alt: str) -> Picture | None:
    shown = kinds.get(GALLERY.name)
    if shown is None:
        return None
    thumb = kinds.get(THUMB.name) or shown
    return {**shown, "alt": alt, "thumb": thumb["src"]}


def _related(parts: ProductParts) -> list[tuple[Any, ...]]:
    if parts.category_id is None:
        return []
    order = ORDERS["featured"]
    # One more than needed: the product itself may be among the first.
    rows = category_card_rows(parts.category_id, order, 0, RELATED + 1)
    return [row for row in rows if row[0] != parts.pk][:RELATED]


def _brand_url(brand: str, ways: list[dict[str, str]]) -> str | None:
    from_shop = ways[1]["url"] if len(ways) > 1 else None
    return f"{from_shop}?{urlencode({'brand': brand})}" if brand and from_shop else None


def _meta(
    parts: ProductParts,
    chosen: Offer,
    url: str,
    ways: list[dict[str, str]],
    gallery: list[Picture],
) -> dict[str, Any]:
    description = parts.seo_description or short_text(parts.description)
    first = gallery[0] if gallery else None
    data = product_data(
        name=parts.name,
        sku=chosen.sku,
        url=url,
        price=chosen.price.current,
        in_stock=chosen.available,
        brand=parts.brand,
        description=description,
        images=[shown["src"] for shown in gallery],
    )
    return {
        "title": parts.seo_title or parts.name,
        "description": description or None,
        "canonical": absolute(url),
        "image": absolute(first["src"]) if first else None,
        "image_alt": first["alt"] if first else None,
        "type": "product",
        "robots": "noindex" if parts.draft else None,
        "json_ld": json_ld([data, breadcrumb_data(ways, parts.name, url)]),
    }
