"""Take an order on the phone: find the caller, fill the order, say the price, place it."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from shop.backoffice.orders.callers import account, find_callers, words_of
from shop.backoffice.orders.desk import ICON, LOOK, TAKE, Desk
from shop.backoffice.orders.desk_form import CallerForm, DeskForm
from shop.backoffice.orders.edit import CHANGES
from shop.backoffice.orders.goods import wares
from shop.core.errors import ShopError
from shop.core.numbers import new_token
from shop.flows.place_for_caller import place_for_caller
from shop.flows.place_order import Purchase
from shop.pricing.queries import quote

WHO = "who"


@permission_required(CHANGES, raise_exception=True)
def new_order(request: HttpRequest) -> HttpResponse:
    """Show an empty order; on POST, look somebody or something up, or place the order."""
    desk = Desk.of(request)
    key = desk.sent.get("key", "")[:64] or new_token()
    chosen = words_of(desk.about) if desk.wish == TAKE else {}
    customer = account(chosen.get("customer", desk.sent.get("customer", "")))
    form = desk.form(CallerForm, {"notify_sms": True, "notify_email": True})
    form.initial.update(chosen)
    who = "" if chosen else desk.sent.get(WHO, "")
    # Enter in the caller's box works things out as anywhere else: nobody is named yet, so look.
    asks_who = desk.wish == WHO or bool(
        desk.wish == LOOK and who and not desk.searched and not form.words["phone"]
    )
    context: dict[str, Any] = {}
    if desk.saves and form.is_valid():
        try:
            order = place_for_caller(
                desk.units, _purchase(form, customer), key=key, actor=str(request.user)
            )
        except ShopError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Order %s is placed.") % order.readable_number)
            return redirect("orders_order_modeladmin_inspect", order.pk)
    if desk.units:
        context |= _price(form, desk, customer)
    title = _("New order by phone")
    return render(
        request,
        "backoffice/orders/new.html",
        {
            **context,
            "desk": desk,
            "form": form,
            "key": key,
            "customer": customer,
            "who": who,
            "callers": find_callers(who) if asks_who else [],
            "asked_who": asks_who and bool(who),
            "rows": wares(desk.units),
            "page": reverse("orders_order_modeladmin_index"),
            "header_title": title,
            "header_icon": ICON,
            "breadcrumbs_items": [
                {"url": reverse("orders_order_modeladmin_index"), "label": _("Orders")},
                {"url": "", "label": title},
            ],
        },
    )


def _price(form: DeskForm, desk: Desk, customer: Any) -> dict[str, Any]:
    words = form.words
    try:
        priced = quote(
            desk.units,
            region=words["county"],
            delivery_method=words["delivery_method"],
            pickup_point=form.point,
            voucher=words["voucher"].strip(),
            user_id=customer.pk if customer else None,
        )
    except ShopError as refusal:
        return {"refusal": refusal}
    voucher = priced.voucher
    return {"quote": priced, "refusal": voucher.problem if voucher else None}


def _purchase(form: DeskForm, customer: Any) -> Purchase:
    words = form.words
    return Purchase(
        contact=form.contact,
        place=form.place,
        delivery_method=words["delivery_method"],
        payment_method=words["payment_method"],
        payment_phone=words.get("payment_phone", "").strip(),
        pickup_point=form.point,
        voucher=words["voucher"].strip(),
        notes=words["notes"],
        notify_sms=bool(form.cleaned_data["notify_sms"]),
        notify_email=bool(form.cleaned_data["notify_email"]),
        user=customer,
    )
