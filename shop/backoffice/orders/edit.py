"""Change an order before it is packed: look at the new price, then save."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from shop.backoffice.orders.desk import ICON, Desk
from shop.backoffice.orders.desk_form import ChangeForm
from shop.backoffice.orders.goods import wares
from shop.core.errors import Conflict, ShopError
from shop.core.money import display
from shop.flows.edit_order import Edit, Edited, edit_order, try_edit, units_of
from shop.orders.models import Order
from shop.orders.timeline import OrderChanged, last_step

CHANGES = "orders.change_order"


@permission_required(CHANGES, raise_exception=True)
def change_order(request: HttpRequest, order_id: int) -> HttpResponse:
    """Show an order as a form; on POST, show what a change would come to, or save it."""
    order = get_object_or_404(Order, pk=order_id)
    page = reverse("orders_order_modeladmin_inspect", args=[order.pk])
    lines = list(order.lines.order_by("pk"))
    desk = Desk.of(request, units_of(lines))
    form = desk.form(ChangeForm, _first_words(order), known=order)
    seen = _number(desk.sent.get("seen")) if desk.sent else last_step(order.pk)
    wish = _wish(form, desk)
    context: dict[str, Any] = {}
    try:
        if desk.saves and form.is_valid():
            edited = _save(request, order, wish, seen, desk)
            messages.success(request, _outcome(edited))
            return redirect(page)
        context["edited"] = try_edit(order_id=order.pk, wish=wish, seen=seen)
    except OrderChanged as refusal:
        messages.warning(request, refusal.message)
        context["meanwhile"] = refusal.events
        seen = last_step(order.pk)
    except _Unseen as unseen:
        context["edited"] = unseen.edited
        messages.warning(request, _("The total changes. Look at it, then save again."))
    except ShopError as refusal:
        if refusal.code == "too_late_to_edit":
            messages.error(request, refusal.message)
            return redirect(page)
        context["refusal"] = refusal
        if desk.saves:
            form.add_refusal(refusal)
    title = _("Change the order")
    return render(
        request,
        "backoffice/orders/change.html",
        {
            **context,
            "order": Order.objects.get(pk=order.pk),
            "desk": desk,
            "form": form,
            "seen": seen,
            "rows": wares(desk.units, {line.variant_id: line for line in lines}),
            "page": page,
            "header_title": title,
            "header_icon": ICON,
            "breadcrumbs_items": [
                {"url": reverse("orders_order_modeladmin_index"), "label": _("Orders")},
                {"url": page, "label": order.readable_number},
                {"url": "", "label": title},
            ],
        },
    )


class _Unseen(Exception):
    """Saving would change the total, and nobody was shown the new one."""

    def __init__(self, edited: Edited) -> None:
        super().__init__()
        self.edited = edited


def _save(request: HttpRequest, order: Order, wish: Edit, seen: int | None, desk: Desk) -> Edited:
    shown = _amount(desk.sent.get("agreed_total", ""))
    tried = try_edit(order_id=order.pk, wish=wish, seen=seen)
    if tried.order.total not in (shown, order.total):
        raise _Unseen(tried)
    try:
        return edit_order(
            order_id=order.pk,
            wish=wish,
            seen=seen,
            agreed_total=tried.order.total,
            actor=str(request.user),
            tell=bool(desk.sent.get("tell")),
        )
    except Conflict as refusal:
        if refusal.code == "price_changed":
            raise _Unseen(try_edit(order_id=order.pk, wish=wish, seen=seen)) from refusal
        raise


def _wish(form: ChangeForm | Any, desk: Desk) -> Edit:
    words = form.words
    return Edit(
        demand=desk.units,
        contact=form.contact,
        place=form.place,
        delivery_method=words["delivery_method"],
        pickup_point=form.point,
        voucher=words["voucher"].strip(),
        notes=words["notes"].replace("\r\n", "\n"),
    )


def _first_words(order: Order) -> dict[str, Any]:
    names = "name email buyer_pin delivery_method pickup_point county area landmark notes".split()
    words = {name: getattr(order, name) for name in names}
    phone = str(order.phone.as_national) if order.phone else ""
    return {**words, "phone": phone, "voucher": order.voucher_code, "tell": True}


def _outcome(edited: Edited) -> str:
    if not edited.changes:
        return _("Nothing was changed.")
    count = len(edited.changes)
    said = ngettext("Saved: %d change.", "Saved: %d changes.", count) % count
    if edited.money.goes_back:
        said += " " + _("%s is to go back to the customer; it waits among the refunds.") % (
            display(edited.money.goes_back)
        )
    if edited.money.left:
        said += " " + _("%s is left to pay.") % display(edited.money.left)
    return said


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
