"""Change stock: receive, count or take out units of a product's variants, with a reason."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import log

from shop.backoffice.audit.words import STOCK
from shop.backoffice.products.stock_figures import StockRow, stock_rows
from shop.catalog.models import Product
from shop.core.errors import ShopError
from shop.inventory.actions import adjust, set_on_hand
from shop.inventory.models import Movement

MOST = 1_000_000
RECEIVED, COUNTED, TAKEN = "received", "counted", "corrected"


class StockForm(forms.Form):
    """What happened to one variant; left empty, nothing did."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What happened"),
        choices=[
            (RECEIVED, gettext_lazy("Received: add")),
            (COUNTED, gettext_lazy("Counted: this many lie here")),
            (TAKEN, gettext_lazy("Broken, lost, used: take out")),
        ],
    )
    quantity = forms.IntegerField(
        label=gettext_lazy("Units"), required=False, min_value=0, max_value=MOST
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        quantity = cleaned.get("quantity")
        if quantity is None:
            return cleaned
        if cleaned.get("kind") == TAKEN and not cleaned.get("reason"):
            self.add_error("reason", _("Say why these units go."))
        if cleaned.get("kind") in {RECEIVED, TAKEN} and quantity == 0:
            self.add_error("quantity", _("Give at least one unit."))
        return cleaned

    def apply(self, row: StockRow, actor: str) -> bool:
        """Write the change; tell whether there was one. Raises ShopError."""
        quantity = self.cleaned_data["quantity"]
        if quantity is None:
            return False
        kind, reason = self.cleaned_data["kind"], self.cleaned_data["reason"]
        if kind == COUNTED:
            skus = {row.variant.pk: row.variant.sku}
            counts = {row.variant.pk: quantity}
            set_on_hand(counts, kind=kind, reason=reason, actor=actor, skus=skus)
        else:
            change = -quantity if kind == TAKEN else quantity
            adjust(
                variant_id=row.variant.pk,
                change=change,
                kind=kind,
                reason=reason,
                actor=actor,
                sku=row.variant.sku,
            )
        return True

    def told(self, row: StockRow) -> dict[str, str]:
        """Return what was done, for the log of what staff did."""
        return {
            "sku": row.variant.sku,
            "what": self.cleaned_data["kind"],
            "was": str(row.level.on_hand),
            "now": str(self.cleaned_data["quantity"]),
        }


@permission_required("inventory.change_stocklevel", raise_exception=True)
def change_stock(request: HttpRequest, product_id: int) -> HttpResponse:
    """Show a product's stock and write down what happened to it."""
    product = get_object_or_404(Product, pk=product_id)
    rows = stock_rows(product.pk)
    sent = request.POST if request.method == "POST" else None
    pairs = [(row, StockForm(sent, prefix=f"variant-{row.variant.pk}")) for row in rows]
    wrong = [form for _row, form in pairs if form.is_bound and not form.is_valid()]
    if request.method == "POST" and not wrong:
        refused, changed = False, list[dict[str, str]]()
        for row, form in pairs:
            try:
                if form.apply(row, str(request.user)):
                    changed.append(form.told(row))
            except ShopError as error:
                refused = True
                form.add_error("quantity", explain(error, row))
        if changed:
            log(product, STOCK, user=request.user, data={"cells": changed})
            messages.success(request, _("The stock of “%s” is written down.") % product)
        if not refused:
            return redirect("stock", product.pk)
        pairs = [(row, form) for row, form in pairs if form.errors] or pairs
    return render(
        request,
        "backoffice/stock/change.html",
        {
            "product": product,
            "pairs": pairs,
            "movements": recent_movements([row.variant.pk for row in rows]),
            "header_title": _("Stock: %s") % product,
            "header_icon": "tasks",
            "breadcrumbs_items": [
                {"url": reverse("products:list"), "label": _("Products")},
                {"url": reverse("products:edit", args=[product.pk]), "label": str(product)},
                {"url": "", "label": _("Stock")},
            ],
        },
    )


def explain(error: ShopError, row: StockRow) -> str:
    """Say why a change of stock was refused, in the words of this variant."""
    if error.code == "stock_below_reserved" and row.level.reserved:
        return _("%(message)s %(count)d units are promised.") % {
            "message": error.message,
            "count": row.level.reserved,
        }
    if error.code == "stock_below_reserved":
        return _("There are not so many units on the shelf.")
    return error.message


def recent_movements(variant_ids: list[int], limit: int = 20) -> list[Movement]:
    """Return the last lines of the ledger about these variants."""
    return list(Movement.objects.filter(variant_id__in=variant_ids).order_by("-pk")[:limit])
