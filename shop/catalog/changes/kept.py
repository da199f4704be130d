"""What was read of the tree before, used again where the catalogue was just seen unchanged."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from shop.catalog.changes.version import Version, catalogue_version
from shop.core.memory import Remembered

P = ParamSpec("P")
T = TypeVar("T")

# A change of anything ends all of it; the hour only frees what nobody asks for any more.
SECONDS = 3600
MOST = 512

_seen: ContextVar[bool] = ContextVar("catalogue_seen", default=False)


@contextmanager
def catalogue_seen(version: Version | None = None) -> Iterator[None]:
    """Let `while_unchanged` answer from memory inside: the version was read a moment ago.

    Without `version` it is read here: one small statement.
    """
    token = _seen.set((version or catalogue_version()) is not None)
    try:
        yield
    finally:
        _seen.reset(token)


def while_unchanged(load: Callable[P, T]) -> Callable[P, T]:
    """Remember what a function of plain arguments read until anything of the catalogue changes.

    Reading another version makes this process forget. What it returns is shared by requests: nobody
    may change it.
    """
    known: Remembered[tuple[object, ...], T] = Remembered(
        lambda arguments: load(*arguments),  # type: ignore[call-arg, arg-type]
        seconds=SECONDS,
        limit=MOST,
    )

    @wraps(load)
    def answer(*args: P.args, **kwargs: P.kwargs) -> T:
        return known.get(args) if _seen.get() and not kwargs else load(*args, **kwargs)

    return answer
