"""What every request begins with."""

import select
from typing import Any

from django.core.signals import request_started
from django.db import connections
from django.dispatch import receiver


@receiver(request_started)
def trust_a_silent_connection(**kwargs: Any) -> None:
    """Ask PostgreSQL whether it is there only where its socket has something to say.

    A server that went away has closed its end, which can be seen without a round trip.
    """
    for connection in connections.all(initialized_only=True):
        if connection.vendor != "postgresql" or connection.connection is None:
            continue
        if not connection.connection.closed and not _has_news(connection.connection.fileno()):
            connection.health_check_done = True  # type: ignore[attr-defined]


def _has_news(number: int) -> bool:
    poll = select.poll()
    poll.register(number, select.POLLIN)
    return bool(poll.poll(0))
