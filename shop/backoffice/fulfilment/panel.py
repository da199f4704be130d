"""What an order's page shows of its parcels and returns, each with the steps that are legal now."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from shop.flows.tell_of_return import in_return
from shop.fulfilment import rules
from shop.fulfilment.models import Return, Shipment
from shop.fulfilment.queries import returns_of
from shop.orders.models import Order

TONES = {
    rules.PREPARING: "backoffice-warn",
    rules.PACKED: "w-status--primary",
    rules.SHIPPED: "w-status--primary",
    rules.CANCELLED: "backoffice-alert",
    rules.ASKED: "backoffice-warn",
    rules.ACCEPTED: "w-status--primary",
    rules.REFUSED: "backoffice-alert",
    rules.RECEIVED: "w-status--primary",
}
TRACKING = "tracking"
PARCEL_STEPS = {
    rules.PACKED: gettext_lazy("Packed"),
    rules.SHIPPED: gettext_lazy("Hand over"),
    rules.DELIVERED: gettext_lazy("Delivered"),
    TRACKING: gettext_lazy("Tracking"),
    rules.CANCELLED: gettext_lazy("Cancel this parcel"),
}
RETURN_STEPS = {
    rules.ACCEPTED: gettext_lazy("Accept"),
    rules.REFUSED: gettext_lazy("Refuse"),
    rules.RECEIVED: gettext_lazy("It came back"),
    rules.REFUNDED: gettext_lazy("Give the money back"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A button: where it leads and how it looks."""

    label: str
    url: str
    serious: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A parcel or a return with what may be done with it."""

    of: Any
    tone: str
    steps: list[Step]
    what: str = ""


def parcel_cards(order: Order, *, may_change: bool) -> list[Card]:
    """Return the order's parcels: two statements."""
    shipments = list(Shipment.objects.with_lines().filter(order=order).order_by("number"))
    alone = sum(shipment.status != rules.CANCELLED for shipment in shipments) == 1
    return [
        Card(
            shipment,
            TONES.get(shipment.status, ""),
            _parcel_steps(shipment, alone=alone) if may_change else [],
        )
        for shipment in shipments
    ]


def _parcel_steps(shipment: Shipment, *, alone: bool) -> list[Step]:
    legal = list(legal_parcel_steps(shipment))
    if alone and rules.CANCELLED in legal:  # that is the order's own button
        legal.remove(rules.CANCELLED)
    return [
        Step(
            str(PARCEL_STEPS[name]),
            reverse("parcel_step", args=[shipment.pk, name]),
            name == rules.CANCELLED,
        )
        for name in legal
    ]


def legal_parcel_steps(shipment: Shipment) -> list[str]:
    """Return what may be done with a parcel now, the usual next step first."""
    moves = list(rules.MOVES[shipment.status])
    return [*moves[:1], TRACKING, *moves[1:]] if moves else []


def return_cards(order: Order, *, may_change: bool) -> list[Card]:
    """Return the order's returns: two statements."""
    return [return_card(asked, may_change=may_change) for asked in returns_of(order)]


def return_card(asked: Return, *, may_change: bool) -> Card:
    """Return one return, its lines at hand."""
    moves = rules.RETURN_MOVES[asked.status] if may_change else ()
    steps = [
        Step(
            str(RETURN_STEPS[name]),
            reverse("return_step", args=[asked.pk, name]),
            name == rules.REFUSED,
        )
        for name in moves
    ]
    return Card(asked, TONES.get(asked.status, ""), steps, in_return(asked))


def can_split(cards: list[Card]) -> bool:
    """Tell whether something of the order can get a parcel of its own."""
    waiting = [card.of for card in cards if card.of.status == rules.PREPARING]
    return sum(shipment.units for shipment in waiting) > 1
