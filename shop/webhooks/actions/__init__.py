"""Write what other programs should hear, and get it there."""

from shop.webhooks.actions.deliver import deliver_to
from shop.webhooks.actions.endpoints import (
    change,
    checked_events,
    checked_url,
    ping,
    register,
    replay,
    rotate_secret,
    write_changes,
)
from shop.webhooks.actions.sweep import forget_old, sweep

__all__ = [
    "change",
    "checked_events",
    "checked_url",
    "deliver_to",
    "forget_old",
    "ping",
    "register",
    "replay",
    "rotate_secret",
    "sweep",
    "write_changes",
]
