"""The one-page checkout."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shop.cart.queries import Contents
from shop.core.errors import ShopError
from shop.core.money import display
from shop.flows.place_order import OutOfStock, Purchase, place_cart_order
from shop.orders.contact import Contact, Place
from shop.orders.models import Order
from shop.payments.gateways import GATEWAYS
from shop.pricing.queries import delivery_rates
from shop.pricing.rules import DeliveryOption, Quote, delivery_options
from shop.storefront.basket import contents_of, remember_count
from shop.storefront.forms import CheckoutForm

JUST_PLACED = "just_placed"


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
    if posted and request.POST.get("action") != "refresh":
        return _place(request, contents)
    values = _kept(request) if posted else _known(request, contents)
    return _page(request, CheckoutForm(initial=values), contents, values)


def _made_before(key: str) -> Order | None:
    return Order.objects.filter(checkout_key=key).first() if key.isprintable() and key else None


def _known(request: HttpRequest, contents: Contents) -> dict[str, Any]:
    """Fill in what the customer told us before."""
    known: dict[str, Any] = {"checkout_key": contents.cart.checkout_key}
    if not request.user.is_authenticated:
        return known
    last = Order.objects.filter(user=request.user).order_by("-pk").first()
    known |= {
        "name": request.user.get_full_name(),
        "email": request.user.email,
        "phone": str(request.user.phone or ""),
    }
    if last is not None:
        known |= {name: getattr(last, name) for name in ("name", "county", "area", "landmark")}
        known["phone"] = known["phone"] or last.phone.as_national
    return known


def _kept(request: HttpRequest) -> dict[str, Any]:
    values: dict[str, Any] = {name: request.POST.get(name, "") for name in CheckoutForm.base_fields}
    for name in ("notify_sms", "notify_email"):
        values[name] = name in request.POST
    return values


def _place(request: HttpRequest, contents: Contents) -> HttpResponse:
    form = CheckoutForm(request.POST)
    if not form.is_valid():
        return _page(request, form, contents, _kept(request), status=422)
    data = form.cleaned_data
    purchase = Purchase(
        contact=Contact(data["name"], data["phone"], data["email"]),
        place=Place(data["county"], data["area"], data["landmark"]),
        delivery_method=data["delivery_method"],
        payment_method=data["payment_method"],
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
        form.add_refusal(refusal)
        return _page(request, form, contents, _kept(request), status=422)
    remember_count(request, 0)
    request.session[JUST_PLACED] = order.token
    return redirect(order)


def _page(
    request: HttpRequest,
    form: CheckoutForm,
    contents: Contents,
    values: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    rates, tax_percent = delivery_rates()
    region = values.get("county", "")
    options = delivery_options(rates, region=region, subtotal=contents.subtotal)
    wanted = values.get("delivery_method")
    chosen = next((option for option in options if option.code == wanted), None)
    if chosen is None and region and options:
        chosen = options[0]
    payment = values.get("payment_method") or next(iter(GATEWAYS))
    lines = tuple(line.now for line in contents.lines if line.now is not None)
    return render(
        request,
        "storefront/checkout.html",
        {
            "form": form,
            "delivery_options": [_delivery(option, option is chosen) for option in options],
            "payment_options": [
                {
                    "value": gateway.code,
                    "label": gateway.label,
                    "detail": gateway.description,
                    "selected": gateway.code == payment,
                }
                for gateway in GATEWAYS.values()
            ],
            "summary": _summary(Quote(lines, chosen, tax_percent)),
            "cart_url": reverse("cart"),
            "meta": {"title": _("Checkout"), "robots": "noindex"},
        },
        status=status,
    )


def _delivery(option: DeliveryOption, selected: bool) -> dict[str, Any]:
    return {
        "value": option.code,
        "label": option.name,
        "detail": option.description,
        "price": fee_label(option.fee),
        "selected": selected,
    }


def fee_label(fee: Any) -> str:
    """Say what delivery costs."""
    return display(fee) if fee else _("Free")


def _summary(priced: Quote) -> dict[str, Any]:
    return {
        "lines": [
            {
                "name": line.name,
                "options": line.options,
                "quantity": line.quantity,
                "line_total": display(line.total),
            }
            for line in priced.lines
        ],
        "subtotal": display(priced.subtotal),
        "delivery_label": priced.delivery.name if priced.delivery else "",
        "delivery_fee": fee_label(priced.delivery_fee) if priced.delivery else "",
        "tax": display(priced.tax),
        "tax_label": _("VAT included"),
        "total": display(priced.total),
    }
