"""What a report is made of: days, columns, rows, and what its chart shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

TEXT, NUMBER, MONEY, DAY, MONTH = "text", "number", "money", "day", "month"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what stands above it, and what kind of thing it holds."""

    label: str
    kind: str = TEXT

    @property
    def is_figure(self) -> bool:
        """Tell whether it is written to the right."""
        return self.kind in (NUMBER, MONEY)


@dataclass(frozen=True, slots=True)
class Table:
    """A report's answer. `bars` are what its chart shows, in the order of the rows."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    bars: Sequence[tuple[str, Decimal]] = ()
    bars_label: str = ""
    # Columns whose sum makes sense.
    summed: frozenset[int] = field(default_factory=frozenset)

    @property
    def total(self) -> list[Any]:
        """The last row: sums, where they make sense."""
        if not self.rows or not self.summed:
            return []
        return [
            sum((row[place] for row in self.rows), type(self.rows[0][place])(0))
            if place in self.summed
            else ""
            for place in range(len(self.columns))
        ]


@dataclass(frozen=True, slots=True)
class Report:
    """One report: how it is called and how it is made for some days."""

    slug: str
    title: Any
    description: Any
    right: str
    make: Callable[[date, date], Table]
    # A report of what is now knows no days.
    dated: bool = True
    days: int = 30
