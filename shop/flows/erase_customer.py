"""Delete an account: the person goes at once, orders stay as the books need them."""

import json
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django_q.models import Failure
from wagtail.models import ModelLogEntry

from shop.core.errors import Conflict
from shop.customers.models import User
from shop.customers.signals import Traces, person_leaves
from shop.flows.claim_orders import claim_orders
from shop.orders import actions as orders
from shop.orders.models import Order
from shop.pricing.actions import forget_redeemers


class StaffAccount(Conflict):
    """Somebody works with this account; who closes it is the owner."""

    def __init__(self) -> None:
        super().__init__(
            "staff_account",
            "This account has rights in the shop; its owner closes it in the admin.",
        )


class OrderOnItsWay(Conflict):
    """Something is still to be brought; `details` has one entry an order."""

    def __init__(self, open_orders: list[Order]) -> None:
        super().__init__(
            "order_on_its_way",
            "An order of yours is not finished. Cancel it, or delete your account when it has"
            " arrived: until then we need to know whom to bring it to.",
            details=[
                {"number": order.number, "message": f"Order {order.readable_number}"}
                for order in open_orders
            ],
        )


def refuse_erasing(user: Any) -> None:
    """Raise StaffAccount or OrderOnItsWay where an account can't be deleted now."""
    if user.is_staff or user.is_superuser or user.get_all_permissions():
        raise StaffAccount
    open_orders = list(Order.objects.filter(user=user).unfinished().order_by("pk"))
    if open_orders:
        raise OrderOnItsWay(open_orders)


@transaction.atomic
def erase_customer(user: Any) -> None:
    """Delete a customer's account with all that belongs to it; all of it or nothing.

    Finished orders stay until `erase_after` with name, phone and county, for no account. The
    caller's session is among those that end: flush it. Raises StaffAccount or OrderOnItsWay.
    """
    person = User.objects.select_for_update().get(pk=user.pk)
    claim_orders(person)  # what the person bought as a guest goes the same way
    refuse_erasing(person)
    traces = _traces(person)
    person_leaves.send(sender=User, traces=traces)
    forget_redeemers(Order.objects.filter(user=person).values_list("number", flat=True))
    _forget_sessions(traces)
    _forget_log(traces)
    orders.detach_from(person)
    person.delete()


def _traces(user: Any) -> Traces:
    words = {user.email, *user.emailaddress_set.values_list("email", flat=True)}
    if user.phone:
        words |= {user.phone.as_e164, user.phone.as_e164.lstrip("+")}
    return Traces(
        order_ids=tuple(Order.objects.filter(user=user).values_list("pk", flat=True)),
        user_id=user.pk,
        words=frozenset(words - {""}),
    )


def _forget_sessions(traces: Traces) -> None:
    """End the account's sessions, and those half way into it."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for session in Session.objects.iterator():
        content = session.get_decoded()
        owner = content.get(SESSION_KEY)
        if owner == str(traces.user_id) or (owner is None and _tells_of(traces, content)):
            store(session.session_key).delete()


def _forget_log(traces: Traces) -> None:
    """Let go of whom the log's entries about the account name, and of work that failed with it.

    What was done, when and by whom stays: the log is never shortened.
    """
    account = ContentType.objects.get_for_model(User)
    ModelLogEntry.objects.filter(content_type=account, object_id=str(traces.user_id)).update(
        label="", data={}
    )
    for task in Failure.objects.iterator():
        if _tells_of(traces, [task.args, task.kwargs, task.result]):
            task.delete()


def _tells_of(traces: Traces, content: Any) -> bool:
    text = json.dumps(content, default=str, ensure_ascii=False)
    return any(word in text for word in traces.words)
