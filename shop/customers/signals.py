"""How apps above this one tell what they keep about a person, and let go of it.

An app that keeps a name, a phone number or an address in its own tables connects to both signals
in its receivers; docs/personal-data.md lists who does.
"""

from dataclasses import dataclass

from django.dispatch import Signal


@dataclass(frozen=True, slots=True)
class Traces:
    """By what a person is found in tables that know neither the account nor the order.

    `words` are the account's own email addresses and phone numbers; anybody may have typed them
    elsewhere, so whoever looks for them leaves other accounts alone. Where only orders are past
    their time there is no account and there are no words. Orders still have their `token`.
    """

    order_ids: tuple[int, ...]
    user_id: int | None = None
    words: frozenset[str] = frozenset()


# Sent with `user`; a receiver answers a dict of what it keeps, each part by its name.
person_asks = Signal()

# Sent with `traces` in the transaction that erases, before the account's row goes.
person_leaves = Signal()
