"""What notifications do when something happens to an order."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from shop.catalog.models import ImportRun
from shop.catalog.signals import import_failed
from shop.customers.signals import Traces, person_asks, person_leaves
from shop.inventory.signals import Dip, stock_fell_low
from shop.notifications.actions.alarm import queue_dips, tell_of_broken_import
from shop.notifications.actions.announce import announce, texts
from shop.notifications.actions.forget import forget_messages
from shop.notifications.models import Event, MessageTemplate
from shop.notifications.queries import sms_from
from shop.orders import rules as order_rules
from shop.orders.models import Order

# That goods are on their way or have arrived is said parcel by parcel, by who moves the parcels.
EVENT_OF_STATUS = {
    order_rules.CONFIRMED: Event.CONFIRMED,
    order_rules.CANCELLED: Event.CANCELLED,
}


@receiver(post_save, sender=Order, dispatch_uid="messages_of_an_order")
def tell_about_the_order(instance: Order, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Make messages due for a new order, and for a status that somebody waits for."""
    if raw:  # loaddata brings messages along with their orders
        return
    if created:
        announce(order=instance, event=Event.PLACED, lines=instance.agreed_lines)
        return
    event = EVENT_OF_STATUS.get(instance.status)
    if event and instance.previous_status not in (None, instance.status):
        announce(order=instance, event=event)


@receiver([post_save, post_delete], sender=MessageTemplate)
def read_texts_anew(**kwargs: Any) -> None:
    """A changed text counts at once in the process that changed it."""
    texts.forget()


@receiver(person_asks, dispatch_uid="what_came_from_a_phone")
def tell_what_came_from_the_phone(user: Any, **kwargs: Any) -> dict[str, Any]:
    """SMS that somebody wrote to the shop join the export; the others are in it already."""
    return {"sms_to_the_shop": sms_from(str(user.phone or ""))}


@receiver(person_leaves, dispatch_uid="messages_of_who_leaves")
def forget_who_leaves(traces: Traces, **kwargs: Any) -> None:
    """Messages go with the person they were for."""
    forget_messages(order_ids=traces.order_ids, user_id=traces.user_id, recipients=traces.words)


@receiver(import_failed, dispatch_uid="alert_of_an_import")
def tell_of_an_import(run: ImportRun, reason: str, **kwargs: Any) -> None:
    """Staff hear of an import that broke off."""
    tell_of_broken_import(run=run, reason=reason)


@receiver(stock_fell_low, dispatch_uid="alert_of_low_stock")
def tell_of_low_stock(dips: list[Dip], **kwargs: Any) -> None:
    """Staff hear once of each dip, outside the transaction of the order that caused it."""
    queue_dips(dips)
