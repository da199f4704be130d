"""Orders of the demo shop: placed and moved by the flows that people's clicks call."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from django.db import transaction

from shop.core.clock import fixed, now
from shop.demo.words import site
from shop.flows.cancel_order import cancel_order
from shop.flows.confirm_order import confirm_order
from shop.flows.confirm_payment import confirm_payment
from shop.flows.deliver_order import deliver_order
from shop.flows.pack_order import pack_order
from shop.flows.place_order import OutOfStock, Purchase, place_order
from shop.flows.ship_order import ship_order
from shop.inventory.models import StockLevel
from shop.notifications.models import MessageTemplate
from shop.orders.contact import Contact, Place
from shop.orders.models import Order

STAFF = "Demo staff"
Step = Callable[..., Order]

# How far each order gets: every status occurs, the usual ones more often.
LIVES: tuple[tuple[Step, ...], ...] = (
    (confirm_order, pack_order, ship_order, deliver_order, confirm_payment),
    (confirm_order, pack_order, ship_order),
    (),
    (confirm_order,),
    (confirm_order, pack_order),
    (cancel_order,),
    (confirm_order, pack_order, ship_order, deliver_order, confirm_payment),
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
