"""Read the header of a CSV file: its separator and which column stands where."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from shop.core.spreadsheets import FileRefused, parse, shown

from .rows import (
    MAX_OPTION_COLUMNS,
    MAX_OPTION_NAME,
    OPTION_PREFIX,
    OPTIONAL_COLUMNS,
    REQUIRED_COLUMNS,
)

_DELIMITERS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|:])"?[,;\t ]*', re.IGNORECASE)
_KNOWN = frozenset(REQUIRED_COLUMNS + OPTIONAL_COLUMNS)


@dataclass(frozen=True, slots=True)
class Header:
    """Which column stands where; `needed` is the last place that every row must fill."""

    delimiter: str
    names: tuple[str, ...]
    columns: dict[str, int]
    options: dict[str, int]
    ignored: tuple[str, ...]
    width: int
    needed: int
    given: frozenset[str]


def find_header(lines: Iterator[str]) -> tuple[str, str]:
    """Give the header's first line and the separator, past blank lines and Excel's `sep=;`."""
    said = ""
    for line in lines:
        text = line.strip("\r\n")
        if not said and (match := _SEPARATOR_LINE.fullmatch(text)):
            said = match[1]
        elif text.strip():
            return line, said or _likeliest(line)
    return "", said or ","


def _likeliest(line: str) -> str:
    return max(_DELIMITERS, key=lambda delimiter: _score(line, delimiter))


def _score(line: str, delimiter: str) -> tuple[int, int]:
    try:
        cells = next(parse([line], delimiter, strict=False))
    except csv.Error:
        return 0, 0
    return len({normal_name(cell) for cell in cells} & _KNOWN), len(cells)


def normal_name(cell: str) -> str:
    """Give a column's name as the contract spells it; an option keeps its own capitals."""
    name = cell.strip()
    prefix, colon, option = name.partition(":")
    if colon and prefix.strip().casefold() == OPTION_PREFIX[:-1]:
        return OPTION_PREFIX + option.strip()
    return re.sub(r"[\s_-]+", "_", name.casefold())


def build_header(cells: list[str], delimiter: str, filename: str) -> Header:
    """Check the cells of a header. Raises FileRefused."""
    names = [normal_name(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    _refuse_missing(names, filename)
    _refuse_repeated(names)
    columns = {name: place for place, name in enumerate(names) if name in _KNOWN}
    options = {
        _option_name(name): place
        for place, name in enumerate(names)
        if name.startswith(OPTION_PREFIX)
    }
    if len(options) > MAX_OPTION_COLUMNS:
        raise FileRefused(
            "too_many_options",
            f"The header has {len(options)} option columns; at most {MAX_OPTION_COLUMNS} are"
            " possible.",
        )
    ignored = [
        cells[place].strip() or f"column {place + 1} (no name)"
        for place, name in enumerate(names)
        if name not in _KNOWN and not name.startswith(OPTION_PREFIX)
    ]
    return Header(
        delimiter=delimiter,
        names=tuple(names),
        columns=columns,
        options=options,
        ignored=tuple(ignored),
        width=len(names),
        needed=max(columns[name] for name in REQUIRED_COLUMNS),
        given=frozenset(columns) - frozenset(REQUIRED_COLUMNS)
        | ({"options"} if options else frozenset()),
    )


def _refuse_missing(names: list[str], filename: str) -> None:
    missing = [name for name in REQUIRED_COLUMNS if name not in names]
    if not missing:
        return
    found = ", ".join(shown(name, 30) for name in names[:20]) or "nothing"
    raise FileRefused(
        "missing_columns",
        f"{filename or 'The file'} has no column {' and no column '.join(missing)}. Its first line"
        f" must name the columns, at least {','.join(REQUIRED_COLUMNS)}; found: {found}.",
    )


def _refuse_repeated(names: list[str]) -> None:
    counts = Counter(name.casefold() for name in names if name)
    repeated = [name for name, count in counts.items() if count > 1]
    if repeated:
        raise FileRefused(
            "repeated_columns",
            f"The column {' and the column '.join(shown(name) for name in repeated[:5])} stands in"
            " the header more than once. Keep one.",
        )


def _option_name(name: str) -> str:
    option = name.removeprefix(OPTION_PREFIX)
    if not option or len(option) > MAX_OPTION_NAME or not option.isprintable():
        raise FileRefused(
            "bad_option_column",
            f"The column {shown(name)} needs the name of an option after the colon, such as"
            f" option:Size, of at most {MAX_OPTION_NAME} characters.",
        )
    return option
