"""What the last three digits of a phone number bring about."""

from dataclasses import dataclass

PAID = "0"
LOW_BALANCE = "1"
CANCELLED = "1032"
UNREACHABLE = "1037"
WRONG_PIN = "2001"

# Daraja's own words (its "Result codes" of M-Pesa Express).
RESULTS = {
    PAID: "The service request is processed successfully.",
    LOW_BALANCE: "The balance is insufficient for the transaction.",
    CANCELLED: "Request cancelled by user.",
    UNREACHABLE: "DS timeout user cannot be reached.",
    WRONG_PIN: "The initiator information is invalid.",
}

# Seconds for which a prompt waits on a phone, and after which a number that acts by itself has.
PATIENCE = 90
SOON = 3
# At the push itself, before its answer has gone out.
BEFORE_THE_ANSWER = -1


@dataclass(frozen=True, slots=True)
class Notice:
    """One callback: seconds after the push, what it says, and how much money it leaves out."""

    after: float = SOON
    result: str = PAID
    short_by: int = 0


@dataclass(frozen=True, slots=True)
class Ending:
    """How a prompt ends without anybody at the phone: `result` once `after` seconds are over."""

    title: str
    result: str = PAID
    after: float = SOON
    notices: tuple[Notice, ...] = (Notice(),)


def _refusal(title: str, result: str) -> Ending:
    return Ending(title, result, notices=(Notice(result=result),))


ENDINGS = {
    "001": Ending("pays"),
    "002": _refusal("cancels", CANCELLED),
    "003": _refusal("types a wrong PIN", WRONG_PIN),
    "004": _refusal("has too little money", LOW_BALANCE),
    "005": _refusal("can't be reached", UNREACHABLE),
    "006": Ending("pays, the news comes a minute late", notices=(Notice(after=60),)),
    "007": Ending("pays, the news comes twice", notices=(Notice(), Notice(after=SOON + 1))),
    "008": Ending("pays, the news never comes", notices=()),
    "009": Ending(
        "pays at once, the news is faster than the answer",
        after=0,
        notices=(Notice(after=BEFORE_THE_ANSWER),),
    ),
    "010": Ending(
        "cancels by the first news, pays by the second",
        after=SOON + 2,
        notices=(Notice(result=CANCELLED), Notice(after=SOON + 2)),
    ),
    "011": Ending("pays a shilling too little", notices=(Notice(short_by=1),)),
}

# Daraja's refusals of a push: HTTP status, errorCode, errorMessage.
BUSY = (
    500,
    "500.001.1001",
    "Unable to lock subscriber, a transaction is already in process for the current subscriber",
)
REFUSALS = {
    "012": ("is busy with another payment", BUSY),
    "013": ("finds M-Pesa overloaded", (500, "500.003.02", "System is busy. Please try again.")),
}

# docs.africastalking.com/sms/sending: what a number that ends on its own code answers.
SMS_TAKEN = 101
SMS_STATUS = {
    SMS_TAKEN: "Success",
    401: "RiskHold",
    402: "InvalidSenderId",
    403: "InvalidPhoneNumber",
    404: "UnsupportedNumberType",
    405: "InsufficientBalance",
    406: "UserInBlacklist",
    407: "CouldNotRoute",
    409: "DoNotDisturbRejection",
    500: "InternalServerError",
    501: "GatewayError",
    502: "RejectedByGateway",
}


def last_digits(phone: str) -> str:
    """Return what the tables of this module look at."""
    return phone[-3:]


def sms_code(phone: str) -> int:
    """Return Africa's Talking's code for an SMS to `phone`."""
    digits = last_digits(phone)
    code = int(digits) if digits.isdecimal() else SMS_TAKEN
    return code if code in SMS_STATUS else SMS_TAKEN
