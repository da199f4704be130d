"""What the last three digits of a payer's number bring about when money goes back to it."""

from dataclasses import dataclass

from shop.simulators.rules import BEFORE_THE_ANSWER, SOON, last_digits

WENT = "0"
SHOP_IS_EMPTY = "1"
REVERSED_BEFORE = "R000001"
UNKNOWN_RECEIPT = "R000002"

# Daraja's own words (portal page "Reversals").
RESULTS = {
    WENT: "The service request is processed successfully.",
    SHOP_IS_EMPTY: "The balance is insufficient for the transaction.",
    REVERSED_BEFORE: "The transaction has already been reversed.",
    UNKNOWN_RECEIPT: "The OriginalTransactionID is invalid.",
}


@dataclass(frozen=True, slots=True)
class WayBack:
    """How a reversal ends: what M-Pesa does, and when it tells (seconds after the request).

    `late` tells at the address for time-outs instead.
    """

    title: str
    result: str = WENT
    after: tuple[float, ...] = (SOON,)
    late: bool = False


USUAL = WayBack("gets money back")
WAYS_BACK = {
    "021": WayBack("gets nothing back: the shop's account is empty", result=SHOP_IS_EMPTY),
    "022": WayBack("gets money back, the news never comes", after=()),
    "023": WayBack("gets money back, the news comes a minute late", after=(60,)),
    "024": WayBack("gets money back, the news comes twice", after=(SOON, SOON + 1)),
    "025": WayBack(
        "gets money back, the news is faster than the answer", after=(BEFORE_THE_ANSWER,)
    ),
    "026": WayBack("gets money back, M-Pesa says it did not get to it in time", late=True),
    "027": WayBack("was given its money back before", result=REVERSED_BEFORE),
}


def way_back(phone: str) -> WayBack:
    """Return how money goes back to `phone`."""
    return WAYS_BACK.get(last_digits(phone), USUAL)
