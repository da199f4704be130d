"""What is told to other programs when something happens; nothing is read where nobody listens."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from shop.catalog.signals import products_changed
from shop.inventory.signals import Dip, stock_fell_low
from shop.orders import rules as order_rules
from shop.orders.models import Order
from shop.webhooks.actions.announce import (
    announce_dips,
    announce_order,
    announce_published,
    listeners,
)
from shop.webhooks.models import Endpoint, Event

EVENT_OF_STATUS = {
    order_rules.SHIPPED: Event.ORDER_SHIPPED,
    order_rules.CANCELLED: Event.ORDER_CANCELLED,
}


@receiver(post_save, sender=Order, dispatch_uid="webhooks_of_an_order")
def tell_of_the_order(
    instance: Order,
    created: bool,
    raw: bool = False,
    update_fields: Any = None,
    **kwargs: Any,
) -> None:
    """Tell of a new order, of its payment, and of a status that somebody waits for."""
    if raw:
        return
    if created:
        announce_order(instance, Event.ORDER_PLACED)
        return
    if (
        "payment_status" in (update_fields or ())
        and instance.payment_status == Order.PaymentStatus.PAID
    ):
        announce_order(instance, Event.ORDER_PAID)
    event = EVENT_OF_STATUS.get(instance.status)
    if event and instance.previous_status not in (None, instance.status):
        announce_order(instance, event)


@receiver(products_changed, dispatch_uid="webhooks_of_products")
def tell_of_products(product_ids: list[int], **kwargs: Any) -> None:
    """Tell of products that went live, or live again, whoever or whatever published them."""
    announce_published(product_ids)


@receiver(stock_fell_low, dispatch_uid="webhooks_of_stock")
def tell_of_low_stock(dips: list[Dip], **kwargs: Any) -> None:
    """Tell of stock that fell to its line."""
    announce_dips(dips)


@receiver([post_save, post_delete], sender=Endpoint, dispatch_uid="webhooks_changed")
def read_listeners_anew(**kwargs: Any) -> None:
    """A changed webhook counts at once in the process that changed it."""
    listeners.forget()
