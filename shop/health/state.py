"""Whether the parts that the shop stands on do their work; asked from outside and by people.

Each function answers within seconds and never raises for what it looks after.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.models import Min
from django_q.brokers import get_broker
from django_q.models import OrmQ
from django_q.status import Stat

from shop.core.clock import now

NO_ANSWER: tuple[type[Exception], ...] = (DatabaseError, OSError)
if settings.REDIS_URL:
    from redis.exceptions import RedisError

    NO_ANSWER += (RedisError,)

# Work that has waited so long says that nobody does it. Tasks run again after 60 seconds.
LONGEST_WAIT = 300


@dataclass(frozen=True, slots=True)
class Part:
    """One part, whether it is well, and figures about it (seconds, numbers)."""

    name: str
    ok: bool
    facts: dict[str, float | int | None] = field(default_factory=dict)
    trouble: str = ""


def database() -> Part:
    """Ask the database the smallest question."""
    began = perf_counter()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return Part("database", ok=False, trouble="no answer")
    return Part("database", ok=True, facts={"seconds": _since(began)})


def shared_cache() -> Part:
    """Write a value of one's own into the cache and read it back."""
    began = perf_counter()
    key, value = f"health:{secrets.token_hex(8)}", secrets.token_hex(8)
    try:
        cache.set(key, value, timeout=10)
        returned = cache.get(key)
        cache.delete(key)
    except NO_ANSWER:
        return Part("cache", ok=False, trouble="no answer")
    if getattr(cache, "away", False):  # what came back was this process's own memory
        return Part("cache", ok=False, trouble="no answer")
    if returned != value:
        return Part("cache", ok=False, trouble="it does not keep what it was given")
    return Part("cache", ok=True, facts={"seconds": _since(began)})


def queue() -> Part:
    """Look for living workers, and for work that has waited too long.

    Workers renew their sign of life twice a second and lose it after three (Django-Q2's `Stat`).
    """
    try:
        workers = sum(len(cluster.workers) for cluster in Stat.get_all())
        waiting, oldest = _waiting()
    except NO_ANSWER:
        return Part("queue", ok=False, trouble="no answer")
    age = round((now() - oldest).total_seconds(), 1) if oldest else 0
    facts: dict[str, float | int | None] = {
        "workers": workers,
        "waiting": waiting,
        "oldest_seconds": max(age, 0),
    }
    if not workers:
        return Part("queue", ok=False, facts=facts, trouble="no worker is running")
    if age > LONGEST_WAIT:
        return Part("queue", ok=False, facts=facts, trouble="work waits too long")
    return Part("queue", ok=True, facts=facts)


def _waiting() -> tuple[int, datetime | None]:
    """Return how many tasks wait, and since when the first of them could have run.

    Redis keeps no such moment, so with it there is none.
    """
    broker = get_broker()
    if broker.info().startswith("ORM"):
        due = OrmQ.objects.filter(lock__lte=now())
        return due.count(), due.aggregate(oldest=Min("lock"))["oldest"]
    return broker.queue_size(), None


def _since(began: float) -> float:
    return round(perf_counter() - began, 4)


PARTS = {"db": database, "cache": shared_cache, "queue": queue}
