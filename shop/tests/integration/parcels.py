"""What tests about parcels begin with."""

from shop.flows.confirm_order import confirm_order
from shop.flows.make_shipment import make_shipment
from shop.flows.place_order import Purchase, place_order
from shop.fulfilment.models import Progress
from shop.inventory.models import StockLevel
from shop.inventory.queries import ledger_problems
from shop.orders.contact import Contact, Place
from shop.tests.factories import first_variant, make_product

BUYER = Purchase(
    Contact("Wanjiku Kamau", "0712 345 678", "wanjiku@example.org"),
    Place("Nairobi", "Kilimani", "Blue gate"),
    delivery_method="delivery",
    payment_method="cash_on_delivery",
)


def placed(pots=3, mugs=2, **fields):
    """Place an order of pots and mugs, ten of each being on the shelf."""
    pot = first_variant(make_product("Clay pot", price=500, stock=10))
    mug = first_variant(make_product("Enamel mug", price=300, stock=10))
    order = place_order({pot.pk: pots, mug.pk: mugs}, BUYER)
    if fields:
        type(order).objects.filter(pk=order.pk).update(**fields)
        order.refresh_from_db()
    return order


def in_two_parcels(**fields):
    """Return a confirmed order: 3 pots and 1 mug in the first parcel, 1 mug in the second."""
    order = placed(**fields)
    confirm_order(order_id=order.pk)
    _pots, mugs = lines(order)
    second = make_shipment(order_id=order.pk, units={mugs.pk: 1})
    return order, order.shipments.get(number=1), second


def lines(order):
    """Return the lines of an order: pots, then mugs."""
    return list(order.lines.order_by("-unit_price"))


def shelf():
    """Return what is on hand and promised, pots first; the ledger must say so too."""
    assert ledger_problems() == []
    return [(level.on_hand, level.reserved) for level in StockLevel.objects.order_by("pk")]


def content(shipment):
    """Return what is in a parcel, by name."""
    return {line.order_line.name: line.quantity for line in shipment.lines.all()}


def assert_counted(order):
    """Each line's progress is the sum of its parcels and returns, within what was ordered."""
    for line in order.lines.all():
        progress = Progress.objects.get(order_line=line)
        packed = line.shipment_lines.exclude(shipment__status="cancelled")
        gone = packed.filter(shipment__status__in=["shipped", "delivered"])
        back = line.return_lines.exclude(returned__status="refused")
        assert progress.planned == sum(row.quantity for row in packed) <= line.quantity
        assert progress.shipped == sum(row.quantity for row in gone)
        assert progress.returned == sum(row.quantity for row in back)
        assert progress.restocked == sum(row.restocked for row in back)
