"""Answers that are the same for many visitors: made once, however many ask at the same moment.

Each process keeps them in its memory. With Redis, processes and machines share them as well (the
cache `pages`). A key says everything an answer depends on, so an answer is never wrong, only no
longer asked for.
"""

import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Lock
from time import monotonic

from django.core.cache import caches

MOST_BYTES = 8 * 1024 * 1024
# How long an answer is waited for that somebody else makes; after that it is made here too.
PATIENCE = 10.0
GLANCE = 0.01


@dataclass(frozen=True, slots=True)
class Kept:
    """The bytes and headers of an answer."""

    content: bytes
    headers: dict[str, str]


class KeptAnswers:
    """Answers by key, each for at most `seconds`, the oldest leaving first."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._answers: OrderedDict[str, tuple[float, Kept]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()
        self._in_work: dict[str, Event] = {}

    def get(self, key: str) -> Kept | None:
        """Return what this process has under a key."""
        until, kept = self._answers.get(key, (0.0, None))
        return kept if monotonic() < until else None

    @contextmanager
    def turn(self, key: str) -> Iterator[Kept | None]:
        """Yield what somebody else made, or None to the one who has to make it, and keep it.

        Where the maker kept nothing, those who waited all make their own.
        """
        with self._lock:
            others = self._in_work.get(key)
            if others is None:
                own = self._in_work[key] = Event()
        if others is not None:
            others.wait(PATIENCE)
            yield self.get(key)
            return
        try:
            # Somebody may have been done between the look and the turn.
            with self._shared_turn(key, self.get(key)) as kept:
                yield kept
        finally:
            with self._lock:
                del self._in_work[key]
            own.set()

    def keep(self, key: str, kept: Kept) -> None:
        """Keep an answer, here and for the other processes."""
        self._keep_here(key, kept)
        caches["pages"].set(key, kept, self._seconds)

    @contextmanager
    def _shared_turn(self, key: str, kept: Kept | None) -> Iterator[Kept | None]:
        shared, lock = caches["pages"], f"{key}:in-work"
        deadline = monotonic() + PATIENCE
        mine = False
        while kept is None and not mine and monotonic() < deadline:
            kept = shared.get(key)
            if kept is None:
                mine = shared.add(lock, 1, PATIENCE)
                if not mine:
                    time.sleep(GLANCE)
        if mine:
            kept = shared.get(key)  # whoever had the turn before may have left it
        if kept is not None:
            self._keep_here(key, kept)
        try:
            yield kept
        finally:
            if mine:
                shared.delete(lock)

    def _keep_here(self, key: str, kept: Kept) -> None:
        with self._lock:
            self._drop(key)
            now = monotonic()
            self._answers[key] = (now + self._seconds, kept)
            self._bytes += len(kept.content)
            while self._answers:
                oldest = next(iter(self._answers))
                if self._bytes <= MOST_BYTES and self._answers[oldest][0] > now:
                    break
                self._drop(oldest)

    def _drop(self, key: str) -> None:
        _until, gone = self._answers.pop(key, (0.0, None))
        if gone is not None:
            self._bytes -= len(gone.content)
