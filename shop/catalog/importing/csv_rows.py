"""Read the rows of a CSV file as spreadsheets write it, one at a time."""

import csv
from collections.abc import Iterator
from itertools import chain
from typing import TextIO

from shop.core.spreadsheets import FileRefused, Lines, Record, parse, records, shown, unguard_text

from .headers import build_header, find_header
from .rows import RowProblem
from .validation import RawRow, readable


class CsvRows:
    """A CSV text whose header has been read; iterates over its rows that are not blank.

    Raises FileRefused: header wrong, a quote that never closes, a line too long to read.
    """

    def __init__(self, text: TextIO, filename: str = "") -> None:
        self._lines = Lines(text)
        first, delimiter = find_header(self._lines)
        self._reader = parse(chain([first], self._lines), delimiter)
        try:
            cells = next(self._reader)
        except csv.Error as error:
            raise FileRefused(
                "header_broken",
                'The header cannot be read: a double quote (") in it is not closed or stands in'
                " the wrong place, or a name is very long.",
            ) from error
        self.header = build_header(cells, delimiter, filename)

    def records(self) -> Iterator[Record]:
        """Give every row that is not blank with the line where it begins."""
        return records(self._reader, self._lines, self.header.delimiter)

    def rows(self) -> Iterator[RawRow | RowProblem]:
        """Give every row by column, or the reason why its cells cannot be told apart."""
        header = self.header
        columns = tuple(header.columns.items())
        options = tuple(header.options.items())
        width, given = header.width, header.given
        for record in self.records():
            cells = record.cells
            if record.refused is not None:
                yield RowProblem(record.line, "", "", record.refused.code, record.refused.detail)
                continue
            if len(cells) != width or "\x00" in "".join(cells):
                if (problem := self._broken(record.line, cells)) is not None:
                    yield problem
                    continue
                cells += [""] * (width - len(cells))
            yield RawRow(
                record.line,
                {column: unguard_text(cells[place]) for column, place in columns},
                {option: unguard_text(cells[place]) for option, place in options}
                if options
                else {},
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
