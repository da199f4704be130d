"""Paying an order on its page."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shop.core.errors import ShopError
from shop.flows.ask_about_prompts import ask_if_due
from shop.flows.choose_payment import choose_payment
from shop.orders.models import Order
from shop.payments.queries import payment_status
from shop.storefront.forms import PayForm
from shop.storefront.views.orders import order_page


@require_GET
@never_cache
def payment_news(request: HttpRequest, token: str) -> HttpResponse:
    """Say in a few bytes how the payment stands, for a page that asks again and again."""
    order = get_object_or_404(Order, token=token)
    status = payment_status(order)
    if status.open:
        ask_if_due(order_id=order.pk)
    return JsonResponse({"state": status.state, "message": status.message, "open": status.open})


@require_POST
@never_cache
def pay(request: HttpRequest, token: str) -> HttpResponse:
    """Begin to pay by the chosen way; where a phone is asked, the worker asks it right after."""
    order = get_object_or_404(Order, token=token)
    form = PayForm(request.POST)
    if not form.is_valid():
        return order_page(request, order, form=form, status=422)
    wish = form.cleaned_data
    try:
        choose_payment(order_id=order.pk, method=wish["method"], phone=wish["phone"])
    except ShopError as refusal:
        order.refresh_from_db()
        form.add_error("phone" if refusal.field == "phone" else None, refusal.message)
        return order_page(request, order, form=form, status=409 if refusal.status == 409 else 422)
    return redirect(f"{order.get_absolute_url()}#payment")
