"""What the shop asks of whoever carries its messages."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from shop.notifications import rules


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a send ended: one of rules.SENT, REFUSED (for good), RETRY (never left), UNKNOWN.

    `slow` asks for a long pause before the next try; `cost` is the provider's own wording, `parts`
    what it counted, 0 if it did not say.
    """

    kind: str
    reason: str = ""
    code: str = ""
    provider_id: str = ""
    cost: str = ""
    slow: bool = False
    parts: int = 0


def sent(provider_id: str = "", cost: str = "", parts: int = 0) -> Outcome:
    """The provider has taken the message (which is not yet its delivery)."""
    return Outcome(rules.SENT, provider_id=provider_id, cost=cost, parts=parts)


def refused(reason: str, code: str = "") -> Outcome:
    """The provider said no, and would say no again."""
    return Outcome(rules.REFUSED, reason=reason, code=code)


def retry(reason: str, code: str = "", *, slow: bool = False) -> Outcome:
    """Nothing was sent, and another try can help."""
    return Outcome(rules.RETRY, reason=reason, code=code, slow=slow)


def unknown(reason: str) -> Outcome:
    """The message left, but nobody said what became of it: a second try may send it twice."""
    return Outcome(rules.UNKNOWN, reason=reason)


class Gateway(Protocol):
    """One way out of the shop. Every failure of the outside world is an Outcome, never raised."""

    def send(
        self, *, recipient: str, subject: str, body: str, reference: str, way_out: str = ""
    ) -> Outcome:
        """Hand one message over. `reference` names it for the provider where it can carry one.

        `way_out` is where its reader says no to more of its kind; mail programs show a button.
        """
        ...


@dataclass(frozen=True, slots=True)
class Balance:
    """What is left on the account; without an amount, `problem` says why nobody knows."""

    amount: Decimal | None = None
    currency: str = ""
    problem: str = ""
