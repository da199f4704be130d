"""Read a catalogue file: the one way in for the command, the API and the admin.

The file is read twice. `check_file` goes through all of it first and refuses what cannot be
imported as a whole, so that nothing is written before a fault near the end is found; then
`read_catalogue` gives the rows one by one.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from shop.core.spreadsheets import FileRefused, decoded, opened, shown
from shop.core.spreadsheets.files import HEAD, Source

from .csv_rows import CsvRows
from .formats import detect_format
from .json_rows import JsonRows
from .rows import (
    REQUIRED_COLUMNS,
    CatalogueFile,
    CatalogueRow,
    RowProblem,
)
from .validation import RowCheck


def check_file(source: Source, filename: str = "") -> CatalogueFile:
    """Read a file to its end without checking its rows, and count them.

    `source` is a path or a binary stream that can seek; a stream is left open. `filename` is what
    messages call it. Raises FileRefused when the file must be refused as a whole.
    """
    filename = _title(source, filename)
    with opened(source) as stream:
        kind = detect_format(stream.read(HEAD), filename)
        with decoded(stream, filename) as text:
            found = _check_json(text) if kind == "json" else _check_csv(text, filename)
    if not found.rows:
        raise FileRefused(
            "no_rows", f"{filename or 'The file'} holds no products, so there is nothing to import."
        )
    return found


def read_catalogue(
    source: Source, filename: str = "", *, checked: CatalogueFile | None = None
) -> Iterator[CatalogueRow | RowProblem]:
    """Give every row of a file as a product or as the problems that keep it out.

    A row with several faults gives several problems with the same line. `checked` is what
    `check_file` said about this very file; without it the check is made now, before the first row.
    Raises FileRefused.
    """
    filename = _title(source, filename)
    return _rows(source, filename, checked or check_file(source, filename))


def _rows(
    source: Source, filename: str, checked: CatalogueFile
) -> Iterator[CatalogueRow | RowProblem]:
    check = RowCheck().check
    with opened(source) as stream, decoded(stream, filename) as text:
        reader = JsonRows(text) if checked.format == "json" else CsvRows(text, filename)
        for raw in reader.rows():
            if isinstance(raw, RowProblem):
                yield raw
                continue
            row = check(raw)
            if isinstance(row, CatalogueRow):
                yield row
            else:
                yield from row


def _check_csv(text: io.TextIOWrapper, filename: str) -> CatalogueFile:
    reader = CsvRows(text, filename)
    rows = sum(1 for _ in reader.records())
    header = reader.header
    columns = (*header.columns, *(f"option:{name}" for name in header.options))
    return CatalogueFile("csv", rows, columns, header.delimiter, _ignored(header.ignored))


def _check_json(text: io.TextIOWrapper) -> CatalogueFile:
    reader = JsonRows(text)
    rows = sum(1 for _ in reader.rows())
    return CatalogueFile("json", rows, REQUIRED_COLUMNS, warnings=_ignored(reader.unknown))


def _ignored(names: tuple[str, ...] | dict[str, None]) -> tuple[str, ...]:
    if not names:
        return ()
    listed = ", ".join(shown(name) for name in list(names)[:20])
    return (f"These columns are not known and were not read: {listed}.",)


def _title(source: Source, filename: str) -> str:
    name = filename or (Path(source).name if isinstance(source, str | Path) else "")
    return shown(name, 100).strip("'") if name else ""
