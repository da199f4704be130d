"""What a statement says once it has been read."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

MPESA = "mpesa"
BANK = "bank"

MAX_RECEIPT = 40
MAX_REFERENCE = 80
MAX_PAYER = 120
MAX_DETAILS = 200
MAX_ROWS = 20_000
MAX_BYTES = 10 * 1024 * 1024
# Ten digits: more than any account takes at once.
MAX_AMOUNT = Decimal("99999999.99")


@dataclass(frozen=True, slots=True)
class StatementRow:
    """Money that came in: one line of a statement.

    `line` counts from 1 and is where the row begins, `paid_at` is the provider's own clock,
    without a zone, `reference` what the payer gave as account, `receipt` is unique.
    """

    line: int
    receipt: str
    paid_at: datetime
    amount: Decimal
    reference: str
    payer: str
    details: str


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """Money that went out; `linked` is the receipt that it takes back, where the row names one."""

    line: int
    receipt: str
    paid_at: datetime
    amount: Decimal
    reference: str
    linked: str
    details: str


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row stays out."""

    line: int
    column: str
    code: str
    detail: str


@dataclass(slots=True)
class Statement:
    """A file that was read to its end.

    `account` is the Paybill or till that it names, empty where it names none. `passed_over` counts
    rows that are no money of a payer, by reason.
    """

    kind: str
    account: str
    rows: list[StatementRow] = field(default_factory=list)
    outgoing: list[OutgoingRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    passed_over: dict[str, int] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """How many rows there were, good, refused and passed over."""
        good = len(self.rows) + len(self.outgoing)
        return good + len(self.problems) + sum(self.passed_over.values())
