"""The one-page checkout."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shop.cart.actions import remove_voucher
from shop.cart.queries import Contents, cart_contents
from shop.core.errors import ShopError
from shop.core.money import display
from shop.customers.actions import save_address
from shop.customers.models import Address
from shop.customers.queries import addresses_of, consents_of
from shop.flows.place_order import OutOfStock, Purchase, place_cart_order
from shop.orders.contact import Contact, Place
from shop.orders.models import Order
from shop.payments.gateways import offered
from shop.pricing.queries import tariff
from shop.pricing.rules import DeliveryOption, Quote
from shop.storefront.basket import contents_of, remember_count
from shop.storefront.forms import PLACE, CheckoutForm
from shop.storefront.sums import (
    delivery_hint,
    line_cuts,
    reduction_rows,
    rounding_of,
    rounding_rows,
    tax_rows,
    voucher_box,
)
from shop.storefront.vouchers import try_voucher

JUST_PLACED = "just_placed"
PICKUP = "pickup_point_"


@require_http_methods(["GET", "POST"])
@never_cache
def checkout(request: HttpRequest) -> HttpResponse:
    """Show the form, show it again for another place, or place the order."""
    posted = request.method == "POST"
    made = _made_before(request.POST.get("checkout_key", "")) if posted else None
    if made is not None:
        return redirect(made)
    contents = contents_of(request)
    if contents is None or not contents.lines:
        return redirect("cart")
    if not contents.can_be_ordered:
        messages.warning(request, _("Please look at your cart first: something has changed."))
        return redirect("cart")
    refused = ""
    if posted:
        contents, refused = _with_voucher(request, contents)
        if request.POST.get("action", "place") == "place" and not refused:
            return _place(request, contents)
    book = _book(request)
    values = _kept(request) if posted else _known(request, contents, book)
    form = CheckoutForm(initial=values, addresses=book)
    status = 422 if refused else 200
    return _page(request, form, contents, values, status=status, refused=refused)


def _with_voucher(request: HttpRequest, contents: Contents) -> tuple[Contents, str]:
    """Apply the voucher that was typed, or take it off; returns why it was refused, if it was.

    Whatever button was pressed: a code in the field is meant.
    """
    code = request.POST.get("voucher", "").strip()
    try:
        if request.POST.get("action") == "remove_voucher":
            remove_voucher(cart=contents.cart)
        elif code:
            try_voucher(request, contents.cart, code)
        else:
            return contents, ""
    except ShopError as refusal:
        return contents, refusal.message
    return cart_contents(contents.cart), ""


def _made_before(key: str) -> Order | None:
    return Order.objects.filter(checkout_key=key).first() if key.isprintable() and key else None


def _book(request: HttpRequest) -> list[Address]:
    return list(addresses_of(request.user)) if request.user.is_authenticated else []


def _known(request: HttpRequest, contents: Contents, book: list[Address]) -> dict[str, Any]:
    """Fill in what the customer told us before."""
    known: dict[str, Any] = {"checkout_key": contents.cart.checkout_key}
    person = request.user
    if not person.is_authenticated:
        return known
    last = Order.objects.filter(user=person).order_by("-pk").first()
    consents = consents_of(person)
    known |= {
        "name": person.get_full_name() or (last.name if last else ""),
        "email": person.email or (last.email if last else ""),
        "phone": _national(person.phone or (last.phone if last else None)),
        "notify_sms": consents["order_sms"],
        "notify_email": consents["order_email"],
    }
    if book:
        known["address"] = str(book[0].pk)
    elif last is not None:
        known |= {name: getattr(last, name) for name in PLACE}
    return known


def _national(phone: Any) -> str:
    return phone.as_national if phone else ""


def _kept(request: HttpRequest) -> dict[str, Any]:
    values: dict[str, Any] = {name: request.POST.get(name, "") for name in CheckoutForm.base_fields}
    for name in ("notify_sms", "notify_email", "save_address"):
        values[name] = name in request.POST
    values["pickup_point"] = _pickup_point(request, values["delivery_method"])
    return values


def _pickup_point(request: HttpRequest, method: str) -> int | None:
    """Read which of the method's points was chosen; each method has a field of its own."""
    chosen = request.POST.get(f"{PICKUP}{method}", "")
    return int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10 else None


def _place(request: HttpRequest, contents: Contents) -> HttpResponse:
    form = CheckoutForm(request.POST, addresses=_book(request))
    if not form.is_valid():
        return _page(request, form, contents, _kept(request), status=422)
    data = form.cleaned_data
    purchase = Purchase(
        contact=Contact(data["name"], data["phone"], data["email"], data["buyer_pin"]),
        place=Place(data["county"], data["area"], data["landmark"]),
        delivery_method=data["delivery_method"],
        payment_method=data["payment_method"],
        payment_phone=data["payment_phone"],
        pickup_point=_pickup_point(request, data["delivery_method"]),
        notes=data["notes"],
        notify_sms=data["notify_sms"],
        notify_email=data["notify_email"],
        user=request.user if request.user.is_authenticated else None,
    )
    try:
        order = place_cart_order(contents.cart, purchase, key=data["checkout_key"])
    except OutOfStock as refusal:
        for problem in refusal.details:
            messages.warning(request, problem["message"])
        return redirect("cart")
    except ShopError as refusal:
        if refusal.code == "invalid_phone":  # the one that shall pay; the buyer's own is a detail
            form.add_error("payment_phone", refusal.message)
        else:
            form.add_refusal(refusal)
        return _page(request, form, contents, _kept(request), status=422)
    _keep_place(request, data)
    remember_count(request, 0)
    request.session[JUST_PLACED] = order.token
    return redirect(order)


def _keep_place(request: HttpRequest, data: dict[str, Any]) -> None:
    """Write a new place into the address book if wished; a full book stops no order."""
    if request.user.is_authenticated and data["save_address"] and not data["address"]:
        with suppress(ShopError):
            save_address(request.user, **{name: data[name] for name in PLACE})


def _page(
    request: HttpRequest,
    form: CheckoutForm,
    contents: Contents,
    values: dict[str, Any],
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    ways, goods = tariff(), contents.goods
    region = form.region(values)
    options = ways.options(goods.lines, region=region, free=goods.free_delivery)
    wanted = values.get("delivery_method")
    chosen = next((option for option in options if option.code == wanted), None)
    if chosen is None and region and options:
        chosen = options[0]
    payment = values.get("payment_method") or next(iter(offered()))
    priced = Quote(goods.lines, chosen, ways.tax_percent, goods.voucher)
    return render(
        request,
        "storefront/checkout.html",
        {
            "form": form,
            "book": [
                {
                    "value": pk,
                    "label": address.label or address.area or address.county,
                    "detail": str(address),
                    "selected": pk == values.get("address"),
                }
                for pk, address in form.addresses.items()
            ],
            "elsewhere": not values.get("address"),
            "delivery_options": [
                _delivery(option, option is chosen, values.get("pickup_point"))
                for option in options
            ],
            "payment_options": [
                {
                    "value": gateway.code,
                    "label": gateway.label,
                    "detail": gateway.description,
                    "selected": gateway.code == payment,
                }
                for gateway in offered().values()
            ],
            "asks_phone": any(gateway.asks_phone for gateway in offered().values()),
            "summary": _summary(priced, payment),
            "voucher": voucher_box(goods.voucher, refused, request.POST.get("voucher", "")),
            "cart_url": reverse("cart"),
            "meta": {"title": _("Checkout"), "robots": "noindex"},
        },
        status=status,
    )


def _delivery(option: DeliveryOption, selected: bool, point: int | None) -> dict[str, Any]:
    first = option.points[0].id if option.points else None
    known = point if any(each.id == point for each in option.points) else first
    return {
        "value": option.code,
        "label": option.name,
        "detail": option.description,
        "price": fee_label(option.fee),
        "hint": delivery_hint(option),
        "selected": selected,
        "points_name": f"{PICKUP}{option.code}",
        "points": [
            {
                "value": each.id,
                "label": each.name,
                "detail": ", ".join(filter(None, [each.address, each.hours])),
                "selected": each.id == known,
            }
            for each in option.points
        ],
    }


def fee_label(fee: Any) -> str:
    """Say what delivery costs."""
    return display(fee) if fee else _("Free")


def _summary(priced: Quote, payment: str) -> dict[str, Any]:
    return {
        "lines": [
            {
                "name": line.name,
                "options": line.options,
                "quantity": line.quantity,
                "line_total": display(line.total),
                **line_cuts(line),
            }
            for line in priced.lines
        ],
        "subtotal": display(priced.subtotal),
        "reductions": reduction_rows(
            (each.kind, each.name, each.amount) for each in priced.reductions
        ),
        "delivery_label": priced.delivery.name if priced.delivery else "",
        "delivery_fee": fee_label(priced.delivery_fee) if priced.delivery else "",
        "tax": display(priced.tax),
        "tax_label": _("VAT included"),
        "taxes": tax_rows(priced.taxes),
        "total": display(priced.total),
        **rounding_rows(priced.total, rounding_of(payment, priced.total)),
    }
