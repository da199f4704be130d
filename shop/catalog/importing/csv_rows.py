"""Read the rows of a CSV file as spreadsheets write it, one at a time."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TextIO

from .headers import build_header, find_header, parse
from .rows import CatalogueFileError, RowProblem, shown
from .validation import RawRow, readable

# A line up to here is read and can be refused alone; one beyond would have to be kept in memory.
MAX_LINE = 8_000_000


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
            raise CatalogueFileError(
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
    problem: RowProblem | None = None


class CsvRows:
    """A CSV text whose header has been read; iterates over its rows that are not blank.

    Raises CatalogueFileError: header wrong, a quote that never closes, a line too long to read.
    """

    def __init__(self, text: TextIO, filename: str = "") -> None:
        self._lines = Lines(text)
        first, delimiter = find_header(self._lines)
        self._reader = parse(chain([first], self._lines), delimiter)
        try:
            cells = next(self._reader)
        except csv.Error as error:
            raise CatalogueFileError(
                "header_broken",
                'The header cannot be read: a double quote (") in it is not closed or stands in'
                " the wrong place, or a name is very long.",
            ) from error
        self.header = build_header(cells, delimiter, filename)

    def records(self) -> Iterator[Record]:
        """Give every row that is not blank with the line where it begins."""
        lines, reader = self._lines, self._reader
        while True:
            line = lines.count + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Record(line, [], self._unreadable(line, str(error)))
                continue
            text = "".join(cells)
            if text and not text.isspace():
                yield Record(line, cells)

    def rows(self) -> Iterator[RawRow | RowProblem]:
        """Give every row by column, or the reason why its cells cannot be told apart."""
        header = self.header
        columns = tuple(header.columns.items())
        options = tuple(header.options.items())
        width, given = header.width, header.given
        for record in self.records():
            cells = record.cells
            if record.problem is not None:
                yield record.problem
                continue
            if len(cells) != width or "\x00" in "".join(cells):
                if (problem := self._broken(record.line, cells)) is not None:
                    yield problem
                    continue
                cells += [""] * (width - len(cells))
            yield RawRow(
                record.line,
                {column: cells[place] for column, place in columns},
                {option: cells[place] for option, place in options} if options else {},
                given,
            )

    def _broken(self, line: int, cells: list[str]) -> RowProblem | None:
        header = self.header
        place = header.columns["sku"]
        sku = readable(cells[place].strip()) if place < len(cells) else ""
        for number, cell in enumerate(cells):
            if "\x00" in cell:
                name = readable(header.names[number]) if number < len(header.names) else ""
                detail = f"{name or 'A cell'} holds a NUL character (byte 0); type the value anew."
                return RowProblem(line, sku, name, "nul_character", detail)
        spread = " A quote that begins on this line closes only later; check that." * (
            self._lines.count > line
        )
        if len(cells) <= header.needed:
            detail = (
                f"The row has {len(cells)} cells; at least {header.needed + 1} are needed.{spread}"
            )
            return RowProblem(line, sku, "", "too_few_cells", detail)
        if any(cell.strip() for cell in cells[header.width :]):
            detail = (
                f"The row has {len(cells)} cells where the header has {header.width}. Put double"
                f" quotes around a value that holds {shown(header.delimiter)}.{spread}"
            )
            return RowProblem(line, sku, "", "too_many_cells", detail)
        return None

    def _unreadable(self, line: int, reason: str) -> RowProblem:
        """Say what the reader stumbled over; it goes on with the next line.

        Raises CatalogueFileError when that line may stand inside a quoted value.
        """
        lines = self._lines
        too_long = "field limit" in reason
        if lines.over or (too_long and (lines.count != line or self._open_at_end(lines.last))):
            raise _open_quote(line)
        if too_long:
            detail = f"A cell has more than {csv.field_size_limit():,} characters; shorten it."
            return RowProblem(line, "", "", "cell_too_long", detail)
        read = f" Lines {line} to {lines.count} were not read." if lines.count > line else ""
        detail = (
            f'On line {lines.count} text follows directly after a closing double quote ("). Write'
            f' "" for a quote inside a value, and close every quote.{read}'
        )
        return RowProblem(line, "", "", "misplaced_quote", detail)

    def _open_at_end(self, line: str) -> bool:
        """Tell whether a line, alone too long for the reader, leaves a quote open.

        What stands between quotes and separators says nothing about that and is left out.
        """
        between = f'[^"{re.escape(self.header.delimiter)} \r\n]+'
        bare = re.sub('(?:""){2,}', '""', re.sub(" +", " ", re.sub(between, "x", line)))
        try:
            return len(list(parse([bare, "x"], self.header.delimiter, strict=False))) == 1
        except csv.Error:
            return True


def _open_quote(line: int) -> CatalogueFileError:
    return CatalogueFileError(
        "quote_not_closed",
        f'The row on line {line:,} opens a double quote (") that is not closed within'
        f" {csv.field_size_limit():,} characters, so the rows below it would be swallowed. Close"
        ' it, or write "" for a quote inside a value.',
    )
