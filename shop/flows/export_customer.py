"""Everything the shop keeps about a customer, for the customer."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Model, QuerySet

from shop.cart.models import CartLine
from shop.core.clock import now
from shop.customers.models import User
from shop.customers.queries import addresses_of, consent_history, consents_of
from shop.customers.signals import person_asks
from shop.fulfilment.models import Return, Shipment
from shop.notifications.models import Channel, Message
from shop.orders.models import Order
from shop.payments.models import Payment, Refund

PROFILE = (
    "username first_name last_name email phone phone_verified claimed date_joined last_login"
).split()
ORDER = (
    "number token status payment_status payment_method name phone email buyer_pin county area"
    " landmark notes notify_sms notify_email delivery_name pickup_place voucher_code currency"
    " subtotal discount reductions delivery_fee tax total rounding placed_at updated_at"
).split()
LINE = "sku name options quantity unit_price line_total discount tax_percent tax".split()
REFUND = "state amount currency reason reference created_at done_at".split()
MESSAGE = "event channel recipient subject body state sent_at created_at".split()
PARCEL = "number status carrier_name tracking_number created_at shipped_at delivered_at".split()
RETURN = "number status reason words answer asked_at decided_at received_at refunded_at".split()


def export_customer(user: Any) -> dict[str, Any]:
    """Return what the shop keeps about a customer, ready for JSON.

    What doors keep (logins, sessions) comes from the receivers of `person_asks`. Times are UTC,
    money is a string. Source: Data Protection Act 2019, sections 26 and 38 (access, portability).
    """
    person = User.objects.get(pk=user.pk)
    parts: dict[str, Any] = {
        "exported_at": now(),
        "profile": _fields(person, PROFILE),
        "addresses": list(
            addresses_of(person).values(
                "label", "county", "area", "landmark", "is_default", "created_at"
            )
        ),
        "consents": {
            "now": consents_of(person),
            "history": list(
                consent_history(person).values("purpose", "given", "source", "created_at")
            ),
        },
        "notes": list(person.notes.order_by("pk").values("text", "created_at")),
        "wishlist": list(
            person.wishes.order_by("-pk").values("product_id", "product__name", "created_at")
        ),
        "cart": list(
            CartLine.objects.filter(cart__user=person)
            .order_by("pk")
            .values("sku", "name", "quantity", "price_when_added", "created_at")
        ),
        "orders": _orders(Order.objects.filter(user=person)),
        # One with an end holds a code, which proves nothing if it can be read here.
        "messages": list(
            Message.objects.filter(user=person, expires_at=None).order_by("pk").values(*MESSAGE)
        ),
    }
    answers: list[tuple[Any, Any]] = person_asks.send(sender=User, user=person)
    for _receiver, kept in answers:
        parts |= kept
    finished: dict[str, Any] = json.loads(json.dumps(parts, cls=_Encoder))
    return finished


class _Encoder(DjangoJSONEncoder):
    """Write phone numbers as people dial them from anywhere."""

    def default(self, o: Any) -> Any:
        """Return a plain value."""
        return o.as_e164 if hasattr(o, "as_e164") else super().default(o)


def _fields(row: Model, names: list[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _orders(orders: QuerySet[Order]) -> list[dict[str, Any]]:
    found = list(orders.order_by("-placed_at", "-pk").prefetch_related("lines", "events"))
    ids = [order.pk for order in found]
    payments = _by_order(
        Payment.objects.filter(order__in=ids).order_by("pk"),
        ["method", "state", "amount", "refunded", "currency", "reference", "phone", "created_at"],
    )
    went_back = Refund.objects.filter(payment__order__in=ids)
    refunds = _by_order(went_back.annotate(order_id=F("payment__order_id")).order_by("pk"), REFUND)
    parcels = _by_order(Shipment.objects.filter(order__in=ids).order_by("pk"), PARCEL)
    returns = _by_order(Return.objects.filter(order__in=ids).order_by("pk"), RETURN)
    # What the shop wrote to its own staff is the order again, with the shop's address.
    sent = Message.objects.filter(order__in=ids).exclude(channel=Channel.STAFF_EMAIL)
    messages = _by_order(sent.order_by("pk"), MESSAGE)
    return [
        {
            **_fields(order, ORDER),
            "lines": [_fields(line, LINE) for line in order.lines.all()],
            "timeline": [
                {"kind": "placed", "text": "", "created_at": order.placed_at},
                *(_fields(event, ["kind", "text", "created_at"]) for event in order.events.all()),
            ],
            "payments": payments.get(order.pk, []),
            "refunds": refunds.get(order.pk, []),
            "parcels": parcels.get(order.pk, []),
            "returns": returns.get(order.pk, []),
            "messages": messages.get(order.pk, []),
        }
        for order in found
    ]


def _by_order(rows: QuerySet[Any], names: list[str]) -> dict[int, list[dict[str, Any]]]:
    grouped: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row.order_id, []).append(_fields(row, names))
    return grouped
