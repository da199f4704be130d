"""Orders of the demo shop: placed and moved by the flows that people's clicks call."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from django.db import transaction

from shop.core.clock import fixed, now
from shop.demo.words import site
from shop.flows.ask_for_return import ask_for_return
from shop.flows.cancel_order import cancel_order
from shop.flows.confirm_order import confirm_order
from shop.flows.confirm_payment import confirm_payment
from shop.flows.deliver_order import deliver_order
from shop.flows.make_shipment import make_shipment
from shop.flows.pack_order import pack_order
from shop.flows.pack_shipment import pack_shipment
from shop.flows.place_order import OutOfStock, Purchase, place_order
from shop.flows.ship_order import ship_order
from shop.flows.ship_shipment import ship_shipment
from shop.inventory.models import StockLevel
from shop.notifications.models import MessageTemplate
from shop.orders.contact import Contact, Place
from shop.orders.models import Order

STAFF = "Demo staff"
Step = Callable[..., Order]

CARRIER = "Our own rider"


def send_off(*, order_id: int, actor: str) -> Order:
    """Hand an order to a carrier under a number of ours."""
    number = f"R-{order_id:06d}"
    return ship_order(order_id=order_id, actor=actor, carrier=CARRIER, tracking_number=number)


def send_the_first_half(*, order_id: int, actor: str) -> Order:
    """Send half of the lines ahead in a parcel of their own, if there are two or more."""
    lines = list(Order.objects.get(pk=order_id).lines.order_by("pk"))
    ahead = {line.pk: line.quantity for line in lines[: len(lines) // 2]}
    if ahead:
        parcel = make_shipment(order_id=order_id, units=ahead, actor=actor)
        pack_shipment(shipment_id=parcel.pk, actor=actor)
        ship_shipment(
            shipment_id=parcel.pk,
            actor=actor,
            carrier=CARRIER,
            tracking_number=f"R-{order_id:06d}",
        )
    return Order.objects.get(pk=order_id)


def ask_the_first_back(*, order_id: int, actor: str) -> Order:
    """Let the buyer ask to give one unit back."""
    order = Order.objects.get(pk=order_id)
    line = order.lines.order_by("pk")[0]
    ask_for_return(order_id=order_id, units={line.pk: 1}, reason="does_not_fit", actor="Customer")
    return order


# How far each order gets: every status occurs, the usual ones more often.
LIVES: tuple[tuple[Step, ...], ...] = (
    (confirm_order, pack_order, send_off, deliver_order, confirm_payment),
    (confirm_order, pack_order, send_off),
    (),
    (confirm_order,),
    (confirm_order, pack_order),
    (cancel_order,),
    (confirm_order, pack_order, ship_order, deliver_order, confirm_payment, ask_the_first_back),
    (confirm_order, send_the_first_half),
    (confirm_order, pack_order, ship_order, deliver_order),
)


def seed_orders(count: int, *, seed: int = 254) -> int:
    """Place orders over the last four weeks and move them along; returns how many were placed.

    Nobody is told: demo shoppers have no phones, and an own inbox is better off empty.
    """
    rng = Random(seed)
    sellable = list(
        StockLevel.objects.filter(tracked=True, on_hand__gt=5)
        .order_by("pk")
        .values_list("pk", flat=True)[:5_000]
    )
    if not sellable:
        return 0
    spoken = MessageTemplate.objects.filter(active=True)
    with transaction.atomic():
        ids = list(spoken.values_list("pk", flat=True))
        spoken.update(active=False)
        placed = sum(_live(number, count, rng, sellable) for number in range(count))
        MessageTemplate.objects.filter(pk__in=ids).update(active=True)
    return placed


def _live(number: int, count: int, rng: Random, sellable: list[int]) -> bool:
    people = site.contacts()
    person = people[number % len(people)]
    wanted = rng.sample(sellable, k=min(len(sellable), rng.randint(1, 5)))
    moment = now() - timedelta(days=28) * ((count - number) / count)
    with fixed(moment):
        try:
            order = place_order(
                {variant: rng.choice((1, 1, 2, 3)) for variant in wanted},
                Purchase(
                    Contact(person.name, person.phone, person.email),
                    Place(person.county, person.area, person.landmark),
                    notes=person.notes,
                    notify_sms=False,
                    notify_email=False,
                ),
            )
        except OutOfStock:
            return False
    for step in LIVES[number % len(LIVES)]:
        moment = min(moment + timedelta(minutes=rng.randint(9, 200)), now())
        with fixed(moment):
            step(order_id=order.pk, actor=STAFF)
    return True
