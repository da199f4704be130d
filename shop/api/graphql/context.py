"""What every resolver of one request shares."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import strawberry
from rest_framework.exceptions import Throttled
from rest_framework.request import Request

from shop.api.authentication import require_scope
from shop.api.errors import Refused, wrong
from shop.api.throttles import WRITE, CallerThrottle
from shop.api.words import LARGEST_ID, whole

DEFAULT_FIRST = 20
MOST_FIRST = 100
# How long lists are that say no `first` can only be guessed before; what is read and told counts.
MOST_COUNTED = 20_000


class Change:
    """A mutation as the throttle sees it: an address of its own."""

    def __init__(self, kind: str) -> None:
        self.rates = {"POST": kind}


@dataclass(slots=True)
class Context:
    """One request: who asks, which fields its operation names, how much it read and told."""

    request: Request
    operation_name: str | None = None
    # Every field of the operation, wherever it stands.
    names: frozenset[str] = frozenset()
    counted: int = 0
    # Whether an answer was given again for an idempotency key.
    replayed: bool = False

    def require(self, scope: str) -> None:
        """Ask a bearer token for a scope."""
        require_scope(self.request.auth, scope)

    def change(self, kind: str = WRITE) -> None:
        """Count a change among its caller's calls of this kind. Raises Throttled."""
        throttle = CallerThrottle()
        if not throttle.allow_request(self.request, Change(kind)):
            raise Throttled(throttle.wait())

    def count(self, things: int) -> None:
        """Add what was read, and each object that is told. Raises Refused when it is too much."""
        self.counted += things
        if self.counted > MOST_COUNTED:
            raise wrong(None, "This answer grows too long; ask for less.", "answer_too_large")


Info: TypeAlias = strawberry.Info[Context, None]


def window(first: int, offset: int) -> tuple[int, int]:
    """Return limit and offset of a list. Raises Refused."""
    if not 0 <= first <= MOST_FIRST:
        raise wrong("first", f"first must be between 0 and {MOST_FIRST}.")
    if offset < 0:
        raise wrong("offset", "offset cannot be below 0.")
    return first, offset


def number(reference: Any, refusal: Refused) -> int:
    """Return the number that an ID is. Raises the refusal for one that none of ours can be."""
    found = whole(str(reference))
    if found is None or found > LARGEST_ID:
        raise refusal
    return found
