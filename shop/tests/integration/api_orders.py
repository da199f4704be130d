"""How tests talk to the API about orders."""

import json

from django.contrib.auth.models import Permission

from shop.customers.models import User
from shop.inventory.models import StockLevel
from shop.notifications.models import Message
from shop.orders.models import Order

ORDERS = "/api/v2/orders/"


def body(*items, **changes):
    return {
        "items": list(items),
        "contact": {"name": "Wanjiku Kamau", "phone": "0712 345 678", "email": "w@example.org"},
        "address": {"county": "Nairobi", "area": "Kilimani", "landmark": "Blue gate"},
        "delivery_method": "delivery",
        "payment_method": "cash_on_delivery",
        "notify": {"sms": True, "email": False},
        "notes": "Call first",
        **changes,
    }


def post(client, sent, status=201, path=ORDERS, **headers):
    text = sent if isinstance(sent, (str, bytes)) else json.dumps(sent)
    answer = client.post(path, text, content_type="application/json", headers=headers)
    assert answer.status_code == status, answer.content
    return answer.json()


def errors(answer):
    return {(error["attr"], error["code"]) for error in answer["errors"]}


def customer(name, *permissions):
    user = User.objects.create_user(name, f"{name}@example.org", "a password")
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def nothing_written():
    assert not Order.objects.exists()
    assert not Message.objects.exists()
    assert not StockLevel.objects.exclude(reserved=0).exists()
