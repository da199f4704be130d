"""A document's QR code, for paper and for pages."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import segno


@dataclass(frozen=True, slots=True)
class Squares:
    """A QR code as bars: from where, in which line, how long."""

    side: int
    bars: list[tuple[int, int, int]]


def squares_of(text: str) -> Squares:
    """Return the code that says `text`."""
    matrix = segno.make(text, micro=False).matrix
    bars = []
    for y, line in enumerate(matrix):
        x = 0
        for dark, run in groupby(line):
            width = len(list(run))
            if dark:
                bars.append((x, y, width))
            x += width
    return Squares(len(matrix), bars)


def qr_drawing(text: str) -> dict[str, Any]:
    """Return a QR code as side and path of an SVG drawing, for pages."""
    squares = squares_of(text)
    path = "".join(f"M{x} {y}h{width}v1h-{width}z" for x, y, width in squares.bars)
    return {"side": squares.side, "path": path}
