"""What M-Pesa's codes mean, and when it is asked, asked again, and given up."""

import re
from dataclasses import dataclass
from datetime import timedelta

PAID = "paid"
FAILED = "failed"
CANCELLED = "cancelled"

# Ten letters and digits, some of each.
_RECEIPT = re.compile(r"^(?=.*[A-Z])(?=.*\d)[A-Z0-9]{10}$")
_STRAY = re.compile(r"^[Pp](\d{1,11})$", re.ASCII)

# How an attempt stands, for pages: one word each.
NONE = "none"
QUEUED = "queued"
PROMPT_SENT = "prompt_sent"
CARD_PAGE = "card_page"
WAITING = "waiting"
WRONG_PIN = "wrong_pin"
NO_ANSWER = "no_answer"
REVIEW = "review"
REFUNDED = "refunded"

# Reasons of our own, beside the provider's codes.
UNKNOWN = "unknown"
NOT_SENT = "not_sent"
NO_PAGE = "no_page"
ELSEWHERE = "elsewhere"
LEFT = "left"
AMOUNT = "amount"
DOUBLE = "double"
NO_STOCK = "no_stock"
UNMATCHED = "unmatched"
MISMATCH = "mismatch"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a result code comes to: the payment's state, the page's word, and what to do next."""

    state: str
    word: str
    message: str


_AGAIN = "Nothing was taken."
_OURS = "This is our fault, not yours: please pay in another way, or call us."

# Daraja's result codes (portal pages "M-Pesa Express Simulate" and "M-Pesa Express Query"; 1031
# stands in old samples only).
RESULTS: dict[str, Verdict] = {
    "1": Verdict(
        FAILED,
        FAILED,
        f"There is too little money in M-Pesa. {_AGAIN} Top up or use another number, then try"
        " again.",
    ),
    "2": Verdict(FAILED, FAILED, f"The amount is too small for M-Pesa. {_AGAIN} {_OURS}"),
    "3": Verdict(
        FAILED,
        FAILED,
        f"The amount is larger than M-Pesa allows at once. {_AGAIN} Please pay in another way.",
    ),
    "4": Verdict(
        FAILED,
        FAILED,
        f"This number has reached what M-Pesa allows in a day. {_AGAIN} Use another number or"
        " try tomorrow.",
    ),
    "8": Verdict(FAILED, FAILED, f"Our account cannot take more today. {_AGAIN} {_OURS}"),
    "17": Verdict(
        FAILED,
        FAILED,
        f"M-Pesa was asked for the same amount a moment ago. {_AGAIN} Wait two minutes, then try"
        " again.",
    ),
    "1001": Verdict(
        FAILED,
        FAILED,
        f"Your phone is busy with another M-Pesa request. {_AGAIN} Finish that one, wait a minute,"
        " then try again.",
    ),
    "1019": Verdict(
        FAILED, NO_ANSWER, f"The request on your phone ran out. {_AGAIN} Please try again."
    ),
    "1025": Verdict(
        FAILED,
        NO_ANSWER,
        f"The request did not reach your phone. {_AGAIN} Please try again, or pay by Paybill.",
    ),
    "1032": Verdict(
        CANCELLED,
        CANCELLED,
        f"You cancelled the request on your phone. {_AGAIN} Try again when you are ready.",
    ),
    "1037": Verdict(
        FAILED,
        NO_ANSWER,
        f"Your phone could not be reached, or nobody answered. {_AGAIN} Switch it on, look for"
        " network, then try again.",
    ),
    "2001": Verdict(
        FAILED, WRONG_PIN, f"The PIN was wrong. {_AGAIN} Try again with your M-Pesa PIN."
    ),
    "2028": Verdict(FAILED, FAILED, f"M-Pesa refused our request. {_AGAIN} {_OURS}"),
    "8006": Verdict(
        FAILED,
        FAILED,
        f"Your M-Pesa is locked. {_AGAIN} Call 100 (Safaricom) to unlock it, or use another"
        " number.",
    ),
}
RESULTS["1031"] = RESULTS["1032"]
RESULTS["9999"] = RESULTS["1025"]
RESULTS["SFC_IC0003"] = RESULTS["2028"]

# How a card's payment page can end without money; our own words for Stripe's events.
CARDS: dict[str, Verdict] = {
    "card_expired": Verdict(
        FAILED,
        NO_ANSWER,
        f"The page for your card ran out. {_AGAIN} Please try again, or pay in another way.",
    ),
    "card_failed": Verdict(
        FAILED,
        FAILED,
        f"Your bank did not let the payment through. {_AGAIN} Try another card, or pay in another"
        " way.",
    ),
}

# Reasons of our own.
OWN: dict[str, Verdict] = {
    UNKNOWN: Verdict(
        FAILED,
        NO_ANSWER,
        "We never heard what became of the request. If you entered your PIN, wait for M-Pesa's"
        " SMS and call us; if nothing came to your phone, try again.",
    ),
    NO_ANSWER: Verdict(
        FAILED,
        NO_ANSWER,
        "M-Pesa gave no answer. If you entered your PIN, wait for M-Pesa's SMS and call us;"
        " otherwise try again.",
    ),
    NOT_SENT: Verdict(
        FAILED,
        FAILED,
        f"M-Pesa cannot be reached at the moment. {_AGAIN} Try again in a while, or pay in another"
        " way.",
    ),
    NO_PAGE: Verdict(
        FAILED,
        FAILED,
        f"Our card service cannot be reached at the moment. {_AGAIN} Try again in a while, or pay"
        " in another way.",
    ),
    ELSEWHERE: Verdict(CANCELLED, CANCELLED, "The money for this order came in another way."),
    LEFT: Verdict(CANCELLED, CANCELLED, "The buyer left the card page for another way to pay."),
}

OTHER = Verdict(FAILED, FAILED, f"M-Pesa could not take the money. {_AGAIN} Please try again.")

# The code of a prompt that is still on the phone; source: answers of the query itself.
STILL_OPEN = frozenset({"4999"})

REVIEWS = {
    AMOUNT: "A different amount came than was asked for.",
    DOUBLE: "This order was paid already: this money came on top of it.",
    NO_STOCK: "The order was cancelled before the money came, and its goods are gone.",
    UNMATCHED: "Money came for an account that is no order's number.",
    MISMATCH: "The receipt is noted with another payment.",
}


def known(code: str) -> bool:
    """Tell whether a result code of a provider means something."""
    return code in RESULTS or code in CARDS or code == LEFT


def verdict(code: str) -> Verdict:
    """Return what a result code means; a code nobody has heard of is a failure."""
    return RESULTS.get(code) or CARDS.get(code) or OWN.get(code) or OTHER


# Daraja refuses the same amount to the same phone for so long (code 17).
SAME_AGAIN = timedelta(minutes=2)
# How long a worker may hold an attempt before it counts as dead; longer than the queue lets a
# task live (Q_CLUSTER["timeout"]).
LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 5
_BUSY = "M-Pesa is very busy at the moment; we try again by ourselves."
# Daraja's refusals that pass by themselves (page "Error codes").
_WAITS = {
    "500.001.1001": "Your phone is busy with another M-Pesa request. Finish that one; we try again"
    " by ourselves within a minute or two.",
    "500.003.02": _BUSY,
    "500.003.03": _BUSY,
}
PAUSES = (
    timedelta(seconds=15),
    timedelta(seconds=60),
    timedelta(seconds=60),
    timedelta(minutes=2),
)
# A prompt without an acknowledgement cannot be asked about: only its callback can still come. Its
# time on the phone is over after about a minute; Daraja's own silence may last longer.
UNACKNOWLEDGED = timedelta(minutes=4)

# After how long Daraja is asked: first after 20 s, then slower, for about two hours in all.
FIRST_QUERY = timedelta(seconds=20)
QUERIES = (
    timedelta(seconds=20),
    timedelta(seconds=30),
    timedelta(minutes=1),
    timedelta(minutes=2),
    timedelta(minutes=5),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=1),
)
# More prompts than this within an hour help nobody: somebody plays with phones.
MOST_PROMPTS = 10
PROMPTS_WITHIN = timedelta(hours=1)
# For a page: how long a prompt is said to be on the phone, before "waiting for M-Pesa".
FRESH = timedelta(seconds=60)


def why_it_waits(code: str) -> str:
    """Say to whoever waits why M-Pesa was not asked yet, by the code of its refusal."""
    return _WAITS.get(code, "M-Pesa does not answer at the moment; we try again by ourselves.")


def pause_before_retry(attempts: int, *, at_least: timedelta = timedelta(0)) -> timedelta | None:
    """Return how long to wait after `attempts` failed tries; None when it was the last one."""
    if attempts >= MAX_ATTEMPTS:
        return None
    return max(PAUSES[max(attempts, 1) - 1], at_least)


def pause_before_query(queries: int) -> timedelta | None:
    """Return how long to wait after `queries` questions without a result; None: give up."""
    return QUERIES[queries] if queries < len(QUERIES) else None


def masked(phone: str) -> str:
    """Return a phone number as a log may say it, "*****678"; "" where nobody was rung."""
    return f"*****{phone[-3:]}" if phone else ""


def receipt_in(text: str) -> str:
    """Return a text that looks like an M-Pesa receipt ("SGH7X2K9QP") as M-Pesa writes it, or ""."""
    word = text.strip().upper()
    return word if _RECEIPT.match(word) else ""


def account_digits(text: str) -> str:
    """Return an account as payers type it, "#482 190 375", as an order's number has it."""
    return "".join(char for char in text if char.isascii() and char.isdigit())


def stray_account(payment_id: int) -> str:
    """Return what stands in the place of an order's number where there is no order, "P12"."""
    return f"P{payment_id}"


def stray_in(text: str) -> int | None:
    """Return the payment that an account of `stray_account` names."""
    found = _STRAY.match(text.strip())
    return int(found[1]) if found else None
