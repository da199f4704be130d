"""Redis as the cache of the shop: what can go on without it goes on; it is taken up by itself."""

import logging
from collections.abc import Callable
from functools import partial
from threading import Lock
from time import monotonic
from typing import Any, ClassVar

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import TimeoutError as NoAnswer
from redis.retry import Retry

logger = logging.getLogger(__name__)

# Seconds until Redis is asked again: a request must not wait for it each time.
PAUSE = 1.0
# Nobody writes under this key; to delete it is to ask whether Redis answers.
PROBE = "redis-answers"
WRITES = frozenset(
    {"add", "set", "touch", "incr", "delete", "set_many", "delete_many"},
)


class Outage:
    """Whether one Redis is out of reach, and what it does not know since then.

    What was written meanwhile is deleted once it is back, before anything else is asked of it: an
    old session must not come to life again. `clear` empties nothing it could not reach.
    """

    _all: ClassVar[dict[str, "Outage"]] = {}
    _making = Lock()

    def __init__(self) -> None:
        self.on = False
        self._next_try = 0.0
        self._missed: set[str] = set()
        self._lock = Lock()

    @classmethod
    def of(cls, server: str) -> "Outage":
        """Return the one that all threads of this process share."""
        with cls._making:
            return cls._all.setdefault(server, cls())

    def keeps_away(self) -> bool:
        """Tell whether it is too early to try again."""
        return self.on and monotonic() < self._next_try

    def begins(self, problem: Exception) -> None:
        """Note that there was no answer."""
        self._next_try = monotonic() + PAUSE
        if not self.on:
            self.on = True
            logger.warning("Redis does not answer (%s); going on without it", problem)

    def misses(self, name: str, key: Any) -> None:
        """Note a write that Redis does not learn of."""
        if name in WRITES:
            self._missed.update([key] if isinstance(key, str) else key)

    def ends(self, client: RedisCacheClient) -> bool:
        """Delete what was missed; tells whether there was an outage until now."""
        if not self.on:
            return False
        with self._lock:
            missed = list(self._missed)
            client.delete_many([*missed, PROBE])  # raises while there is still no answer
            self._missed.difference_update(missed)
            if self.on:
                self.on = False
                logger.warning("Redis answers again; %d stale keys deleted", len(missed))
        return True


class PatientClient:
    """Asks Redis, and something of this process's own while Redis does not answer."""

    def __init__(
        self, servers: list[str], *, meanwhile: Callable[[], BaseCache], **options: Any
    ) -> None:
        # One more try at once, for a connection that was closed while nobody used it.
        options.setdefault("retry", Retry(NoBackoff(), 1))
        self._redis = RedisCacheClient(servers, **options)
        self._outage = Outage.of(servers[0])
        self._meanwhile = meanwhile()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return partial(self._ask, name)

    def _ask(self, name: str, *arguments: Any, **named: Any) -> Any:
        if not self._outage.keeps_away():
            try:
                if self._outage.ends(self._redis):
                    self._meanwhile.clear()
                return getattr(self._redis, name)(*arguments, **named)
            except (NoConnection, NoAnswer) as problem:
                self._outage.begins(problem)
        if arguments:
            self._outage.misses(name, arguments[0])
        return getattr(self._meanwhile, name)(*arguments, **named)


class PatientRedisCache(RedisCache):
    """Django's Redis cache, with the option `meanwhile`: what stands in while Redis is gone.

    "memory": each process keeps values for itself, for counters and what may be asked for again.
    "nothing": nothing is found and nothing kept, for what all processes must agree on.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {**params.get("OPTIONS", {})}
        stand_in = options.pop("meanwhile", "nothing")
        super().__init__(server, {**params, "OPTIONS": options})
        self._outage = Outage.of(server)
        self._class = partial(PatientClient, meanwhile=partial(_stand_in, stand_in, server, params))

    @property
    def away(self) -> bool:
        """Tell whether Redis did not answer when it was asked last."""
        return self._outage.on


def _stand_in(kind: str, server: str, params: dict[str, Any]) -> BaseCache:
    if kind == "memory":
        return LocMemCache(f"without {server} {params.get('KEY_PREFIX')}", {})
    return DummyCache("", {})
