"""The page of one product."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shop.catalog.queries.product_page import stored_product_page
from shop.core.memory import Remembered
from shop.core.money import display
from shop.customers.queries import is_wished
from shop.pricing.models import DeliveryMethod, DeliveryRate
from shop.pricing.queries import offers_of, tariff
from shop.storefront.sums import offer_words

MOST_WAYS = 4


@require_safe
def show_product(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a product that shoppers may see, with the variant they chose."""
    page = stored_product_page(slug, request.GET.get("variant") or None)
    if page is None:
        raise Http404
    page["add_url"] = reverse("cart-add")
    product_id = page["product"]["id"]
    page["wished"] = is_wished(request.user, product_id)
    page["wish_url"] = reverse(
        "wishlist-remove" if page["wished"] else "wishlist-add", args=[product_id]
    )
    page["delivery"] = _delivery.get(None)
    page["offers"] = [offer_words(offer) for offer in offers_of(product_id)]
    page["payment_note"] = _("You can pay when the goods arrive.")
    return render(request, "storefront/product.html", page)


def delivery_ways(_key: None = None) -> list[dict[str, Any]]:
    """Return each way of delivery with its price, or the lowest of several."""
    prices: dict[str, list[Any]] = {}
    for rate in tariff().rates:
        prices.setdefault(rate.code, []).append(rate)
    ways = []
    for offered in list(prices.values())[:MOST_WAYS]:
        fees = sorted({rate.price for rate in offered})
        lowest = display(fees[0]) if fees[0] else _("Free")
        ways.append(
            {
                "name": offered[0].name,
                "detail": offered[0].description,
                "price": lowest if len(fees) == 1 else _("from %s") % lowest,
            }
        )
    return ways


_delivery: Remembered[None, list[dict[str, Any]]] = Remembered(delivery_ways, seconds=5)


def forget_delivery(**kwargs: Any) -> None:
    """Read the ways of delivery anew."""
    _delivery.forget()


for _model in (DeliveryMethod, DeliveryRate):
    for _signal in (post_save, post_delete):
        _signal.connect(forget_delivery, sender=_model, dispatch_uid=f"{_model}{_signal}")
