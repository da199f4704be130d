"""Put work on Django-Q2 so that it runs exactly if the transaction commits."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django_q.tasks import async_task


def enqueue_after_commit(task: str, *args: Any) -> None:
    """Queue the dotted `task`; work of a rolled-back transaction never runs.

    The ORM broker keeps its queue in this database, so the row joins the transaction by itself.
    Redis knows nothing of it, so there the call waits for the commit; if Redis is down by then,
    that is logged and the buyer's answer goes out all the same (a sweep finds what was not queued).
    """

    def enqueue() -> None:
        async_task(task, *args)

    if "orm" in settings.Q_CLUSTER:
        enqueue()
    else:
        transaction.on_commit(enqueue, robust=True)
