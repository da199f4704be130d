"""Seed without waking anybody."""

from collections.abc import Iterator
from contextlib import contextmanager

from shop.inventory.signals import stock_fell_low
from shop.notifications.receivers import tell_of_low_stock

_ALERT = "alert_of_low_stock"


@contextmanager
def nobody_told() -> Iterator[None]:
    """Let the stock of a demo run low without an alert to whoever starts the shop."""
    was_connected = stock_fell_low.disconnect(dispatch_uid=_ALERT)
    try:
        yield
    finally:
        if was_connected:
            stock_fell_low.connect(tell_of_low_stock, dispatch_uid=_ALERT)
