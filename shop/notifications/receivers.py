"""What notifications do when something happens to an order."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from shop.notifications.actions.announce import announce, texts
from shop.notifications.models import Event, MessageTemplate
from shop.orders import rules as order_rules
from shop.orders.models import Order

EVENT_OF_STATUS = {
    order_rules.CONFIRMED: Event.CONFIRMED,
    order_rules.SHIPPED: Event.SHIPPED,
    order_rules.DELIVERED: Event.DELIVERED,
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
