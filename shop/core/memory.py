"""Values that every page needs and that seldom change, remembered in the process for a moment."""

from collections.abc import Callable
from time import monotonic
from typing import Any, ClassVar, Generic, TypeVar

from shop.core.routing import primary_answers

T = TypeVar("T")
K = TypeVar("K")

LIMIT = 64


class Remembered(Generic[K, T]):
    """Load a value by key at most once in `seconds`; receivers call `forget` when it changes.

    Another process learns of a change when it next reads the catalogue's version, and at the latest
    when its own moment is over, so keep moments short.
    """

    _all: ClassVar[list["Remembered[Any, Any]"]] = []

    def __init__(self, load: Callable[[K], T], *, seconds: float, limit: int = LIMIT) -> None:
        self._load = load
        self._seconds = seconds
        self._limit = limit
        self._values: dict[K, tuple[float, T]] = {}
        self._forgotten = 0
        Remembered._all.append(self)

    def get(self, key: K) -> T:
        """Return the remembered value, or load it."""
        until, value = self._values.get(key, (0.0, None))
        if monotonic() < until:
            return value  # type: ignore[return-value]
        forgotten = self._forgotten
        with primary_answers():
            loaded = self._load(key)
        if len(self._values) >= self._limit:
            self._values.clear()
        if forgotten == self._forgotten:  # else it was read before the change that made it old
            self._values[key] = (monotonic() + self._seconds, loaded)
        return loaded

    def forget(self) -> None:
        """Load anew at the next call."""
        self._forgotten += 1
        self._values.clear()

    @classmethod
    def forget_everything(cls) -> None:
        """Forget all values of this process, as after a restart."""
        for remembered in cls._all:
            remembered.forget()
