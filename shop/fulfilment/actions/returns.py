"""Write returns and move them along."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F, Max

from shop.core.clock import now
from shop.core.errors import Conflict, ShopError
from shop.fulfilment import rules
from shop.fulfilment.models import Progress, Return, ReturnLine
from shop.orders.models import Order

STAMPS = {
    rules.ACCEPTED: "decided",
    rules.REFUSED: "decided",
    rules.RECEIVED: "received",
    rules.REFUNDED: "refunded",
}


class NothingToReturn(Conflict):
    """More is to come back than is out; `details` has one entry a line."""

    def __init__(self, order: Order, wanted: Mapping[int, int], left: Mapping[int, int]) -> None:
        lines = order.lines.in_bulk(list(wanted))
        details = []
        for line_id, quantity in sorted(wanted.items()):
            out = left.get(line_id, 0)
            if quantity > out and line_id in lines:
                name = lines[line_id].name
                message = (
                    f"{name}: only {out} can come back." if out else f"{name}: none can come back."
                )
                details.append({"line": line_id, "wanted": quantity, "message": message})
        super().__init__(
            "nothing_to_return",
            " ".join(str(detail["message"]) for detail in details)
            or "Nothing of this order has left yet that could come back.",
            field="items",
            details=details,
        )


class IllegalReturnMove(Conflict):
    """The return is past the point where this could be done, or not there yet."""

    def __init__(self, asked: Return, target: str) -> None:
        wanted = Return.Status(target).label.lower()
        super().__init__(
            "illegal_move",
            f"{asked} is {asked.get_status_display().lower()} and cannot become {wanted}.",
            field="status",
        )


@transaction.atomic(savepoint=False)
def ask(
    *,
    order: Order,
    wanted: Mapping[int, int],
    reason: str,
    words: str = "",
    actor: str = "",
    key: str | None = None,
) -> Return:
    """Write down which units (line of the order to quantity) a buyer wants to give back.

    Raises NothingToReturn.
    """
    if not wanted or any(quantity < 1 for quantity in wanted.values()):
        raise ShopError("nothing_chosen", "Choose what you want to give back.", field="items")
    rows = Progress.objects.filter(order_line__order=order, shipped__gt=F("returned"))
    left = {row.order_line_id: row.shipped - row.returned for row in rows}
    if any(quantity > left.get(line_id, 0) for line_id, quantity in wanted.items()):
        raise NothingToReturn(order, wanted, left)
    last = Return.objects.filter(order=order).aggregate(last=Max("number"))["last"] or 0
    asked = Return.objects.create(
        order=order,
        number=last + 1,
        reason=reason,
        words=words.strip()[:500],
        asked_at=now(),
        asked_by=actor[:150],
        key=key,
    )
    ReturnLine.objects.bulk_create(
        ReturnLine(returned=asked, order_line_id=line_id, quantity=quantity)
        for line_id, quantity in sorted(wanted.items())
    )
    for line_id, quantity in sorted(wanted.items()):
        Progress.objects.filter(order_line=line_id).update(returned=F("returned") + quantity)
    return asked


@transaction.atomic(savepoint=False)
def move_return(*, asked: Return, target: str, actor: str = "", answer: str = "") -> Return:
    """Move a return to another status. Units of one that is refused may be asked for again.

    Raises IllegalReturnMove where `rules.RETURN_MOVES` knows no such move.
    """
    if not rules.may_move_return(asked.status, target):
        raise IllegalReturnMove(asked, target)
    stamp = STAMPS[target]
    asked.status = target
    setattr(asked, f"{stamp}_at", now())
    setattr(asked, f"{stamp}_by", actor[:150])
    asked.answer = answer.strip()[:300] or asked.answer
    asked.save(update_fields=["status", f"{stamp}_at", f"{stamp}_by", "answer"])
    if target == rules.REFUSED:
        for line in asked.lines.all():
            Progress.objects.filter(order_line=line.order_line_id).update(
                returned=F("returned") - line.quantity
            )
    return asked


@transaction.atomic(savepoint=False)
def receive(*, asked: Return, restocked: Mapping[int, int], actor: str = "") -> Return:
    """Note that a return arrived and how many units of each line (by its id) are sold again.

    Raises IllegalReturnMove, or ShopError `too_many_units`.
    """
    move_return(asked=asked, target=rules.RECEIVED, actor=actor)
    lines = {line.order_line_id: line for line in asked.lines.all()}
    for line_id, quantity in sorted(restocked.items()):
        if line_id not in lines or not 0 <= quantity <= lines[line_id].quantity:
            raise ShopError(
                "too_many_units", "No more goes back onto the shelf than came back.", field="items"
            )
        ReturnLine.objects.filter(pk=lines[line_id].pk).update(restocked=quantity)
        Progress.objects.filter(order_line=line_id).update(restocked=F("restocked") + quantity)
        lines[line_id].restocked = quantity
    return asked
