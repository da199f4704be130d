"""The task queue as people see it: what waits, runs or failed, and what runs by the clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django_q.models import Failure, OrmQ, Schedule
from django_q.tasks import async_task

from shop.core.clock import now
from shop.core.errors import NotFound

SHOWN = 50
# A schedule that should have run so long ago has no worker that runs it.
OVERDUE = timedelta(minutes=5)


class NotInQueue(NotFound):
    """The task is gone: run, dropped, or tried again by somebody else."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task in the queue; `running` where a worker has taken it."""

    pk: int
    name: str
    since: datetime
    running: bool


@dataclass(frozen=True, slots=True)
class Clockwork:
    """A schedule: when it ran last, and when it runs next."""

    name: str
    minutes: int
    last_run: datetime | None
    next_run: datetime
    overdue: bool


def in_queue() -> list[Waiting]:
    """Return the first tasks of the queue; nothing where Redis keeps it, which shows no tasks."""
    if "orm" not in settings.Q_CLUSTER:
        return []
    moment = now()
    return [
        Waiting(row.pk, _name(row), row.lock, running=row.lock > moment)
        for row in OrmQ.objects.order_by("lock", "pk")[:SHOWN]
    ]


def _name(row: OrmQ) -> str:
    told = row.task  # unsigned by Django-Q2; empty where another key signed it
    return told["func"] if isinstance(told, dict) and "func" in told else "?"


def failed() -> list[Failure]:
    """Return the last tasks that were given up; their results say why."""
    return list(Failure.objects.order_by("-stopped")[:SHOWN])


def clockwork() -> list[Clockwork]:
    """Return what runs by the clock, the next first."""
    late = now() - OVERDUE
    return [
        Clockwork(
            row.name, row.minutes or 0, _last_run(row), row.next_run, overdue=row.next_run < late
        )
        for row in Schedule.objects.order_by("next_run", "name")
        if row.next_run
    ]


def _last_run(row: Schedule) -> datetime | None:
    """Return when a schedule was due last; None before its first time.

    Django-Q2 keeps no row of successes here; whatever it queued last stands in `task`.
    """
    if not row.task or not row.minutes:
        return None
    last: datetime = row.next_run - timedelta(minutes=row.minutes)
    return last


@transaction.atomic
def try_again(task_id: str) -> str:
    """Queue a failed task anew and forget the failure; return its name.

    Every task is safe to run twice. Raises NotInQueue where the failure is gone.
    """
    failure = _taken(task_id)
    async_task(failure.func, *_as_tuple(failure.args), **(failure.kwargs or {}))
    failure.delete()
    return str(failure.func)


@transaction.atomic
def drop(task_id: str) -> str:
    """Forget a failed task; return its name. Raises NotInQueue where it is gone."""
    failure = _taken(task_id)
    failure.delete()
    return str(failure.func)


def _taken(task_id: str) -> Failure:
    failure = Failure.objects.select_for_update().filter(pk=task_id).first()
    if failure is None:
        raise NotInQueue("task_gone", "This task is gone: somebody tried it again or dropped it.")
    return failure


def _as_tuple(args: Any) -> tuple[Any, ...]:
    return tuple(args) if isinstance(args, (list, tuple)) else ()
