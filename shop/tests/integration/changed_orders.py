"""What tests of changed orders share: one in two lines, a wish, and how things stand after it."""

from dataclasses import replace

from shop.flows.edit_order import Edit, edit_order, units_of
from shop.flows.place_order import Purchase, place_order
from shop.inventory.models import StockLevel
from shop.inventory.queries import ledger_problems
from shop.orders.contact import Contact, Place
from shop.orders.models import Order

WHO = Contact("Wanjiku Kamau", "0712 345 678", "wanjiku@example.org")
WHERE = Place("Nairobi", "Kilimani", "Blue gate")


def placed(demand, **fields):
    purchase = Purchase(WHO, WHERE, delivery_method="delivery", **fields)
    return place_order(demand, purchase)


def wish(order, **fields):
    order = Order.objects.get(pk=order.pk)
    return replace(
        Edit(
            demand=units_of(list(order.lines.all())),
            contact=Contact(order.name, str(order.phone), order.email, order.buyer_pin),
            place=Place(order.county, order.area, order.landmark),
            delivery_method=order.delivery_method,
            pickup_point=order.pickup_point,
            voucher=order.voucher_code,
            notes=order.notes,
        ),
        **fields,
    )


def edited(order, **fields):
    done = edit_order(order_id=order.pk, wish=wish(order, **fields), actor="amina")
    order.refresh_from_db()
    return done


def stock(variant):
    level = StockLevel.objects.get(pk=variant.pk)
    assert ledger_problems() == []
    return level.on_hand, level.reserved


def timeline(order, kind="changed"):
    return list(order.events.filter(kind=kind).order_by("pk").values_list("text", flat=True))
