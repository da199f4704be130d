"""The desk: money that does not fit, in sections, with what may be done about it."""

from itertools import chain
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from shop.backoffice.money.doors import SEES, Rights, around
from shop.backoffice.money.rows import rows_of
from shop.payments.reconciliation import desk, rules

A_PAGE = 25

SECTIONS = {
    rules.UNPLACED: (
        _("No order"),
        _("Money whose account is no order's number. Find the order, or give it back."),
    ),
    rules.SHORT: (
        _("Too little"),
        _("Less came than was asked for. The order waits until somebody decides."),
    ),
    rules.OVER: (_("Too much"), _("More came than was asked for.")),
    rules.TWICE: (_("Twice"), _("Money that came for an order that had been paid before.")),
    rules.OTHER: (
        _("Other"),
        _("Goods that are gone, receipts that are known, and what nobody could apply."),
    ),
    rules.REFUNDS: (
        _("To give back"),
        _("Refunds that have not arrived yet, and money of cancelled orders."),
    ),
}


@permission_required(SEES, raise_exception=True)
def money(request: HttpRequest) -> HttpResponse:
    """Show one section of the desk; without a choice the first that holds anything."""
    counts = desk.counts()
    wanted = request.GET.get("section", "")
    here = wanted if wanted in SECTIONS else _first_with(counts)
    page = Paginator(_things(here), A_PAGE).get_page(request.GET.get("p"))
    context = {
        "sections": [
            {"name": name, "label": label, "count": counts[name], "here": name == here}
            for name, (label, _words) in SECTIONS.items()
        ],
        "words": SECTIONS[here][1],
        "page": page,
        "rows": rows_of(page.object_list, Rights.of(request.user)),
        "section": here,
        "clear": not any(counts.values()),
        **around(request, "money"),
    }
    return render(request, "backoffice/money/desk.html", context)


def _first_with(counts: dict[str, int]) -> str:
    return next((name for name in SECTIONS if counts[name]), rules.UNPLACED)


class _Chained:
    """Two querysets as one list that a paginator cuts without reading all of it."""

    def __init__(self, *parts: Any) -> None:
        self.parts = parts
        self.counts = [part.count() for part in parts]

    def __len__(self) -> int:
        return sum(self.counts)

    def __getitem__(self, wanted: slice) -> list[Any]:
        start, stop = wanted.start or 0, wanted.stop or len(self)
        found = []
        for part, count in zip(self.parts, self.counts, strict=True):
            if start < count and stop > 0:
                found.append(part[max(start, 0) : min(stop, count)])
            start, stop = start - count, stop - count
        return list(chain.from_iterable(found))


def _things(section: str) -> Any:
    if section == rules.REFUNDS:
        return _Chained(desk.money_of_cancelled_orders(), desk.refunds_to_make())
    if section == rules.OTHER:
        return _Chained(desk.payments_in(section), desk.events_to_look_at())
    return desk.payments_in(section)
