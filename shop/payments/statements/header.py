"""Find where a statement's table begins, and what stands in which column."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from shop.core.spreadsheets import FileRefused, Lines, parse, shown

from .rows import BANK, MPESA

MAX_PREAMBLE = 60
_DELIMITERS = (",", ";", "\t")
_SHORT_CODE = re.compile(r"short\s?code\W*([0-9]{5,10})", re.IGNORECASE)

# The columns of M-Pesa's "organisation statement", as its portal exports it, by how we call them.
_MPESA = {
    "receipt no": "receipt",
    "completion time": "paid_at",
    "transaction status": "status",
    "paid in": "paid_in",
    "withdrawn": "withdrawn",
    "details": "details",
    "other party info": "payer",
    "a/c no": "reference",
    "account no": "reference",
    "linked transaction id": "linked",
}
# Banks differ; these are the names that their exports use.
_BANK = {
    "date": "paid_at",
    "value date": "paid_at",
    "transaction date": "paid_at",
    "reference": "reference",
    "narration": "reference",
    "amount": "amount",
    "credit": "amount",
    "money in": "amount",
    "debit": "withdrawn",
    "money out": "withdrawn",
    "payer": "payer",
    "from": "payer",
    "transaction id": "receipt",
    "transaction no": "receipt",
}
_NEEDED = {
    MPESA: ("receipt", "paid_at", "status", "paid_in"),
    BANK: ("paid_at", "reference", "amount"),
}
_NAMES = {MPESA: _MPESA, BANK: _BANK}


@dataclass(frozen=True, slots=True)
class Header:
    """Whose statement it is and which column stands where; `titles` are as the file writes them."""

    kind: str
    account: str
    delimiter: str
    columns: dict[str, int]
    titles: tuple[str, ...]

    @property
    def width(self) -> int:
        """How many columns have a title."""
        return len(self.titles)

    @property
    def needed(self) -> int:
        """How many cells every row must have at least."""
        return max(self.columns[name] for name in _NEEDED[self.kind]) + 1

    def title(self, name: str) -> str:
        """Return what the file calls a column, for people who look for it there."""
        return self.titles[self.columns[name]] if name in self.columns else ""


def find_header(lines: Lines, filename: str) -> Header:
    """Read past what stands before the table; `lines` is left after the header.

    Raises FileRefused `no_table` or `repeated_columns`.
    """
    account = ""
    for line in _first(lines):
        for delimiter in _DELIMITERS:
            if (header := _header(line, delimiter, account)) is not None:
                return header
        if not account and (named := _SHORT_CODE.search(line)):
            account = named[1]
    raise FileRefused(
        "no_table",
        f"{filename or 'The file'} has no row that names its columns. M-Pesa's organisation"
        " statement has Receipt No., Completion Time, Transaction Status and Paid In; a bank's"
        " needs date, reference and amount.",
    )


def _first(lines: Lines) -> Iterator[str]:
    for _ in range(MAX_PREAMBLE):
        line = next(lines, None)
        if line is None:
            return
        yield line


def _header(line: str, delimiter: str, account: str) -> Header | None:
    try:
        cells = next(parse([line], delimiter, strict=False), [])
    except csv.Error:
        return None
    titles = [cell.strip() for cell in cells]
    while titles and not titles[-1]:
        titles.pop()
    for kind, names in _NAMES.items():
        found = [(names.get(_plain(title), ""), place) for place, title in enumerate(titles)]
        if set(_NEEDED[kind]) <= {name for name, _place in found}:
            return Header(kind, account, delimiter, _columns(found, titles), tuple(titles))
    return None


def _columns(found: list[tuple[str, int]], titles: list[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for name, place in found:
        if name in columns:
            raise FileRefused(
                "repeated_columns",
                f"The columns {shown(titles[columns[name]])} and {shown(titles[place])} say the"
                " same. Keep one of them.",
            )
        if name:
            columns[name] = place
    return columns


def _plain(title: str) -> str:
    return re.sub(r"[\s_]+", " ", title.replace(".", " ")).strip().casefold()
