"""What the shop keeps about a customer: take it along, or have it deleted."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shop.core.errors import ShopError
from shop.flows.erase_customer import erase_customer, refuse_erasing
from shop.flows.export_customer import export_customer
from shop.orders.rules import ORDER_RECORDS_KEPT
from shop.storefront.forms import LeaveForm
from shop.storefront.views.account.own_page import own_page, show


@own_page
@require_safe
def account_data(request: HttpRequest) -> HttpResponse:
    """Say what is kept, and offer to take it along or to delete it."""
    return show(request, "data", _("Your data"), years=ORDER_RECORDS_KEPT)


@own_page
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Give everything the shop keeps about the customer as a file."""
    name = f"duka-{localdate():%Y-%m-%d}.json"
    return JsonResponse(
        export_customer(request.user),
        json_dumps_params={"indent": 2, "ensure_ascii": False},
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@own_page
@reauthentication_required
def leave(request: HttpRequest) -> HttpResponse:
    """Delete the account after password and word; say why where it can't be deleted now."""
    form = LeaveForm(request.POST or None)
    sure = request.method == "POST" and form.is_valid()
    refusal = _refusal(erase_customer if sure else refuse_erasing, request.user)
    if sure and refusal is None:
        request.session.flush()
        request.user = AnonymousUser()
        messages.success(request, _("Your account is deleted. Thank you for having been here."))
        return redirect("/")
    return show(
        request,
        "leave",
        _("Delete your account"),
        422 if form.errors else 200,
        form=form,
        refusal=refusal,
        years=ORDER_RECORDS_KEPT,
    )


def _refusal(attempt: Callable[[Any], None], user: Any) -> ShopError | None:
    try:
        attempt(user)
    except ShopError as refusal:
        return refusal
    return None
