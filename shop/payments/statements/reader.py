"""Read a statement: every row becomes money that came, a reason why not, or is passed over."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import BinaryIO

from shop.core.spreadsheets import (
    FileRefused,
    Lines,
    Record,
    ValueRefused,
    decoded,
    opened,
    parse,
    records,
    shown,
)
from shop.core.spreadsheets.files import HEAD, refuse_empty, refuse_foreign, refuse_web_page

from .header import Header, find_header
from .rows import (
    MAX_BYTES,
    MAX_DETAILS,
    MAX_PAYER,
    MAX_RECEIPT,
    MAX_REFERENCE,
    MAX_ROWS,
    MPESA,
    OutgoingRow,
    RowProblem,
    Statement,
    StatementRow,
)
from .values import read_amount, read_bank_receipt, read_receipt, read_time, read_words

FORMATS = "CSV"

# Why a row is no money of a payer.
NOT_COMPLETED = "not_completed"
CHARGE = "charge"
OWN_TRANSFER = "own_transfer"
REPEATED = "repeated"


class _PassedOver(Exception):
    """The row is in order and no money of a payer."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_statement(source: BinaryIO, filename: str = "") -> Statement:
    """Read a whole statement; nothing is written.

    Raises FileRefused where the file as a whole is none, is too large, or has no rows.
    """
    name = shown(filename, 100).strip("'") if filename else "The file"
    with opened(source) as stream:
        _judge(stream, name)
        with decoded(stream, name) as text:
            lines = Lines(text)
            header = find_header(lines, name)
            statement = _Reading(header).read(lines)
    if not statement.read:
        raise FileRefused("no_rows", f"{name} names its columns and holds no rows below them.")
    return statement


def _judge(stream: BinaryIO, name: str) -> None:
    head = stream.read(HEAD)
    text = refuse_empty(head, name)
    refuse_foreign(head, name, formats=FORMATS, code="not_a_statement")
    refuse_web_page(text, name, formats=FORMATS)
    if stream.seek(0, 2) > MAX_BYTES:
        raise FileRefused(
            "too_large",
            f"{name} is larger than {MAX_BYTES // 1024 // 1024} MB. Export a shorter period.",
        )


class _Reading:
    """One file on its way; remembers receipts, so that one counts once."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.statement = Statement(header.kind, header.account)
        self.seen: dict[str, StatementRow] = {}
        self.gone: set[tuple[object, ...]] = set()
        self.alike: Counter[tuple[object, ...]] = Counter()

    def read(self, lines: Lines) -> Statement:
        delimiter = self.header.delimiter
        for record in records(parse(lines, delimiter), lines, delimiter):
            if self.statement.read >= MAX_ROWS:
                raise FileRefused(
                    "too_many_rows",
                    f"The statement has more than {MAX_ROWS:,} rows. Export a shorter period.",
                )
            try:
                self._keep(self._row(record))
            except _PassedOver as passed:
                self._pass_over(passed.reason)
            except _Refused as refused:
                self.statement.problems.append(refused.problem)
        self._tell_charges()
        return self.statement

    def _pass_over(self, reason: str, count: int = 1) -> None:
        if count:
            counts = self.statement.passed_over
            counts[reason] = counts.get(reason, 0) + count

    def _tell_charges(self) -> None:
        """Pass over what M-Pesa took for money that came: it bears the receipt of that money."""
        outgoing = self.statement.outgoing
        self.statement.outgoing = [row for row in outgoing if row.receipt not in self.seen]
        self._pass_over(CHARGE, len(outgoing) - len(self.statement.outgoing))

    def _keep(self, row: StatementRow | OutgoingRow) -> None:
        if isinstance(row, OutgoingRow):
            self._keep_outgoing(row)
            return
        before = self.seen.get(row.receipt)
        if before is None:
            self.seen[row.receipt] = row
            self.statement.rows.append(row)
        elif (before.paid_at, before.amount) == (row.paid_at, row.amount):
            raise _PassedOver(REPEATED)
        else:
            raise _Refused(
                row.line,
                self.header.title("receipt"),
                ValueRefused(
                    "receipt_repeated",
                    f"The receipt {row.receipt} stands on line {before.line} too, with another time"
                    " or amount.",
                ),
            )

    def _keep_outgoing(self, row: OutgoingRow) -> None:
        said = (row.receipt, row.paid_at, row.amount)
        if row.receipt and said in self.gone:
            raise _PassedOver(REPEATED)
        self.gone.add(said)
        self.statement.outgoing.append(row)

    def _row(self, record: Record) -> StatementRow | OutgoingRow:
        if record.refused is not None:
            raise _Refused(record.line, "", record.refused)
        self._require_cells(record)
        row = _Cells(self.header, record)
        return self._mpesa_row(row) if self.header.kind == MPESA else self._bank_row(row)

    def _require_cells(self, record: Record) -> None:
        cells, header = record.cells, self.header
        if "\x00" in "".join(cells):
            detail = "A cell holds a NUL character (byte 0); export the statement anew."
            raise _Refused(record.line, "", ValueRefused("nul_character", detail))
        if len(cells) < header.needed:
            detail = f"The row has {len(cells)} cells; at least {header.needed} are needed."
            raise _Refused(record.line, "", ValueRefused("too_few_cells", detail))
        if any(cell.strip() for cell in cells[header.width :]):
            detail = (
                f"The row has {len(cells)} cells where the header has {header.width}. Put double"
                f" quotes around a value that holds {shown(header.delimiter)}, such as an amount."
            )
            raise _Refused(record.line, "", ValueRefused("too_many_cells", detail))

    def _mpesa_row(self, row: _Cells) -> StatementRow | OutgoingRow:
        status = row.text("status").strip().casefold()
        if not status:
            raise row.refuse("status", ValueRefused("required", "The status is empty."))
        if status != "completed":
            raise _PassedOver(NOT_COMPLETED)
        receipt = row.read("receipt", read_receipt)
        came, went = row.amount("paid_in"), row.amount("withdrawn")
        if came < 0:
            detail = "Money that came in cannot be negative."
            raise row.refuse("paid_in", ValueRefused("negative", detail))
        if came and went:
            detail = "The row says that money came in and went out; only one can be."
            raise row.refuse("paid_in", ValueRefused("both_ways", detail))
        if not came and not went:
            raise row.refuse("paid_in", ValueRefused("required", "The row names no amount."))
        payer = read_words(row.text("payer"), MAX_PAYER)
        if self.header.account and payer.startswith(self.header.account):
            raise _PassedOver(OWN_TRANSFER)
        if went:
            if "charge" in row.text("details").casefold():
                raise _PassedOver(CHARGE)
            return row.outgoing(receipt, abs(went))
        return row.made(receipt, came, payer)

    def _bank_row(self, row: _Cells) -> StatementRow | OutgoingRow:
        amount, went = row.amount("amount"), row.amount("withdrawn")
        if amount and went:
            detail = "The row says that money came in and went out; only one can be."
            raise row.refuse("amount", ValueRefused("both_ways", detail))
        if not amount and not went:
            raise row.refuse("amount", ValueRefused("required", "The row names no amount."))
        receipt = row.read("receipt", read_bank_receipt)
        if went or amount < 0:
            return row.outgoing(receipt, abs(went or amount))
        payer = read_words(row.text("payer"), MAX_PAYER)
        made = row.made(receipt, amount, payer)
        return made if receipt else self._with_own_receipt(row, made)

    def _with_own_receipt(self, row: _Cells, made: StatementRow) -> StatementRow:
        """Give a transfer that the bank does not number a receipt made of all that it says.

        It is the same in every file that has it; of equal transfers on one day each has its own.
        """
        said = (made.paid_at, made.amount, made.reference.casefold(), made.payer.casefold())
        self.alike[said] += 1
        return row.made(own_receipt(*said, self.alike[said]), made.amount, made.payer)


class _Cells:
    """The cells of one row by the names of their columns."""

    def __init__(self, header: Header, record: Record) -> None:
        self.header, self.record = header, record

    def text(self, name: str) -> str:
        place = self.header.columns.get(name)
        cells = self.record.cells
        return cells[place] if place is not None and place < len(cells) else ""

    def read(self, name: str, reader: Callable[[str], str]) -> str:
        try:
            return reader(self.text(name))
        except ValueRefused as refused:
            raise self.refuse(name, refused) from None

    def amount(self, name: str) -> Decimal:
        try:
            return read_amount(self.text(name))
        except ValueRefused as refused:
            raise self.refuse(name, refused) from None

    def time(self) -> datetime:
        try:
            return read_time(self.text("paid_at"))
        except ValueRefused as refused:
            raise self.refuse("paid_at", refused) from None

    def outgoing(self, receipt: str, amount: Decimal) -> OutgoingRow:
        return OutgoingRow(
            line=self.record.line,
            receipt=receipt,
            paid_at=self.time(),
            amount=amount,
            reference=read_words(self.text("reference"), MAX_REFERENCE),
            linked=read_words(self.text("linked"), MAX_RECEIPT).upper(),
            details=read_words(self.text("details"), MAX_DETAILS),
        )

    def made(self, receipt: str, amount: Decimal, payer: str) -> StatementRow:
        return StatementRow(
            line=self.record.line,
            receipt=receipt,
            paid_at=self.time(),
            amount=amount,
            reference=read_words(self.text("reference"), MAX_REFERENCE),
            payer=payer,
            details=read_words(self.text("details"), MAX_DETAILS),
        )

    def refuse(self, name: str, refused: ValueRefused) -> _Refused:
        return _Refused(self.record.line, self.header.title(name), refused)


class _Refused(Exception):
    """A row stays out."""

    def __init__(self, line: int, column: str, refused: ValueRefused) -> None:
        super().__init__(refused.detail)
        self.problem = RowProblem(line, column, refused.code, refused.detail)


def own_receipt(paid_at: datetime, amount: Decimal, reference: str, payer: str, which: int) -> str:
    """Return the receipt of a transfer that its bank does not number."""
    said = "\x1f".join([paid_at.isoformat(), f"{amount:.2f}", reference, payer, str(which)])
    return f"BANK-{hashlib.sha256(said.encode()).hexdigest()[:20].upper()}"
