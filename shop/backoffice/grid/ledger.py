"""The ledger behind one variant's number, and what to write into it."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from shop.backoffice.grid.rows import cover_in_words
from shop.backoffice.grid.views import COUNTS, ICON, SEES
from shop.backoffice.products.stock_figures import StockRow, stock_state
from shop.backoffice.stock import StockForm, explain
from shop.catalog.models import Variant
from shop.core.errors import ShopError
from shop.inventory.models import Movement, StockLevel
from shop.inventory.queries import units_sold
from shop.inventory.rules import DAYS_LOOKED_AT, days_of_cover

PER_PAGE = 50


@permission_required(SEES, raise_exception=True)
def variant_ledger(request: HttpRequest, variant_id: int) -> HttpResponse:
    """Show every movement of a variant with the balance after it; take a new one."""
    if variant_id >= 2**63:
        raise Http404
    variant = Variant.objects.select_related("product").filter(pk=variant_id).first()
    movements = Movement.objects.filter(variant_id=variant_id)
    level = StockLevel.objects.filter(pk=variant_id).first() or StockLevel(variant_id=variant_id)
    if variant is None and not movements.exists():
        raise Http404
    may_write = variant is not None and request.user.has_perm(COUNTS)
    form = StockForm(request.POST if request.method == "POST" and may_write else None)
    if variant is not None and form.is_bound and _written(request, form, StockRow(variant, level)):
        return redirect("variant_ledger", variant_id)
    page = Paginator(movements.order_by("-pk"), PER_PAGE).get_page(request.GET.get("p"))
    sold = units_sold([variant_id]).get(variant_id, 0)
    sku = variant.sku if variant else _last_sku(variant_id)
    return render(
        request,
        "backoffice/grid/ledger.html",
        {
            "variant": variant,
            "sku": sku,
            "level": level,
            "state": stock_state(level),
            "sold": sold,
            "days": DAYS_LOOKED_AT,
            "lasts": cover_in_words(days_of_cover(level.available, sold)),
            "form": form if may_write else None,
            "page": page,
            "rows": _with_balances(variant_id, list(page)),
            "header_title": _("Ledger of %s") % sku,
            "header_icon": ICON,
            "breadcrumbs_items": [
                {"url": reverse("stock_grid"), "label": _("Stock and prices")},
                {"url": "", "label": sku},
            ],
        },
    )


def _written(request: HttpRequest, form: StockForm, row: StockRow) -> bool:
    if not form.is_valid():
        return False
    try:
        if form.apply(row, str(request.user)):
            messages.success(request, _("It is written down."))
    except ShopError as error:
        form.add_error("quantity", explain(error, row))
        return False
    return True


def _last_sku(variant_id: int) -> str:
    named = Movement.objects.filter(variant_id=variant_id).exclude(sku="").order_by("-pk")
    return named.values_list("sku", flat=True).first() or f"#{variant_id}"


def _with_balances(variant_id: int, rows: list[Movement]) -> list[dict[str, Any]]:
    """Add what lay on the shelf and was promised after each movement, the newest first."""
    if not rows:
        return []
    until = Movement.objects.filter(variant_id=variant_id, pk__lte=rows[0].pk)
    sums = until.aggregate(on_hand=Sum("on_hand_change"), reserved=Sum("reserved_change"))
    on_hand, reserved = sums["on_hand"], sums["reserved"]
    found = []
    for movement in rows:
        found.append({"movement": movement, "on_hand": on_hand, "reserved": reserved})
        on_hand -= movement.on_hand_change
        reserved -= movement.reserved_change
    return found
