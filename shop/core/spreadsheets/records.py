"""Read the rows of a CSV text as spreadsheets write it, one at a time."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from shop.core.spreadsheets.files import FileRefused, ValueRefused

# A line up to here is read and can be refused alone; one beyond would have to be kept in memory.
MAX_LINE = 8_000_000

_OPENING = re.compile(' *"')
_UP_TO_CLOSING = re.compile('(?:[^"]++|"")*+"')


class Lines:
    """The lines of a text, their ends kept; `over` tells that there are no more."""

    def __init__(self, text: TextIO) -> None:
        self._readline = text.readline
        self.over = False
        self.count = 0
        self.last = ""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._readline(MAX_LINE)
        if len(line) == MAX_LINE:
            raise FileRefused(
                "line_too_long",
                f"Line {self.count + 1:,} has more than {MAX_LINE:,} characters. Check that the"
                " file has line breaks between its rows.",
            )
        if not line:
            self.over = True
            raise StopIteration
        if not self.count:
            line = line.removeprefix("\ufeff")
        self.count += 1
        self.last = line
        return line


@dataclass(slots=True)
class Record:
    """The cells of one row, or why they could not be told apart."""

    line: int
    cells: list[str]
    refused: ValueRefused | None = None


def parse(lines: Iterable[str], delimiter: str, *, strict: bool = True) -> Iterator[list[str]]:
    """Cut lines into cells; a space between separator and quote does not hide the quote.

    Raises csv.Error for a cell too long, and when strict for text after a closing quote and a
    quote open at the end.
    """
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=strict)


def records(reader: Iterator[list[str]], lines: Lines, delimiter: str) -> Iterator[Record]:
    """Give every row that is not blank with the line where it begins.

    `reader` is what `parse` made of `lines`. Raises FileRefused for a quote that never closes.
    """
    while True:
        line = lines.count + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Record(line, [], _unreadable(line, str(error), lines, delimiter))
            continue
        text = "".join(cells)
        if text and not text.isspace():
            yield Record(line, cells)


def _unreadable(line: int, reason: str, lines: Lines, delimiter: str) -> ValueRefused:
    """Say what the reader stumbled over; it goes on with the next line.

    Raises FileRefused when that line may stand inside a quoted value.
    """
    too_long = "field limit" in reason
    if lines.over or (too_long and (lines.count != line or _open_at_end(lines.last, delimiter))):
        raise _open_quote(line)
    if too_long:
        detail = f"A cell has more than {csv.field_size_limit():,} characters; shorten it."
        return ValueRefused("cell_too_long", detail)
    read = f" Lines {line} to {lines.count} were not read." if lines.count > line else ""
    detail = (
        f'On line {lines.count} text follows directly after a closing double quote ("). Write'
        f' "" for a quote inside a value, and close every quote.{read}'
    )
    return ValueRefused("misplaced_quote", detail)


def _open_at_end(line: str, delimiter: str) -> bool:
    """Tell whether a line, too long for the reader, leaves a quote open."""
    at = 0
    while True:
        if opening := _OPENING.match(line, at):
            closing = _UP_TO_CLOSING.match(line, opening.end())
            if closing is None:
                return True
            at = closing.end()
        at = line.find(delimiter, at) + 1
        if not at:
            return False


def _open_quote(line: int) -> FileRefused:
    return FileRefused(
        "quote_not_closed",
        f'The row on line {line:,} opens a double quote (") that is not closed within'
        f" {csv.field_size_limit():,} characters, so the rows below it would be swallowed. Close"
        ' it, or write "" for a quote inside a value.',
    )
