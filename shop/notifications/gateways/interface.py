"""What the shop asks of whoever carries its messages."""

from dataclasses import dataclass
from typing import Protocol

from shop.notifications import rules


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a send ended: one of rules.SENT, REFUSED (for good), RETRY (never left), UNKNOWN.

    `slow` asks for a long pause before the next try; `cost` is the provider's own wording.
    """

    kind: str
    reason: str = ""
    code: str = ""
    provider_id: str = ""
    cost: str = ""
    slow: bool = False


def sent(provider_id: str = "", cost: str = "") -> Outcome:
    """The provider has taken the message (which is not yet its delivery)."""
    return Outcome(rules.SENT, provider_id=provider_id, cost=cost)


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

    def send(self, *, recipient: str, subject: str, body: str, reference: str) -> Outcome:
        """Hand one message over. `reference` names it for the provider where it can carry one."""
        ...
