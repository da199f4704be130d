"""A bar chart as SVG, made here: no script draws it, and a screen reader reads its bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, log10

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 64, 8, 10, 26
MOST_BARS = 62
MOST_LABELS = 8
# As wide as a letter is on a phone.
LETTER = 11


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, and the words below it (empty where there is no room)."""

    x: float
    y: float
    width: float
    height: float
    words: str
    below: str
    middle: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line across, with its figure."""

    y: float
    figure: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All that the drawing needs."""

    label: str
    bars: list[Bar]
    lines: list[Line]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    foot: int = HEIGHT - 8


def chart(label: str, values: Sequence[tuple[str, Decimal]]) -> Chart | None:
    """Draw values as bars, the first ones where there are too many; None where there are none."""
    shown = values[:MOST_BARS]
    highest = max((value for _words, value in shown), default=Decimal(0))
    if highest <= 0:
        return None
    step = _step(highest)
    top = step * ceil(highest / step)
    room = HEIGHT - TOP - BOTTOM
    pitch = (WIDTH - LEFT - RIGHT) / len(shown)
    every = ceil(len(shown) / MOST_LABELS)
    letters = int(every * pitch / LETTER)
    bars = []
    for place, (words, value) in enumerate(shown):
        height = float(max(value, Decimal(0)) / top) * room
        x = LEFT + place * pitch
        bars.append(
            Bar(
                x=round(x + pitch * 0.12, 1),
                y=round(TOP + room - height, 1),
                width=round(pitch * 0.76, 1),
                height=round(height, 1),
                words=f"{words}: {value:,.0f}",
                below=_cut(words, letters) if place % every == 0 else "",
                middle=round(x + pitch / 2, 1),
            )
        )
    lines = [
        Line(round(TOP + room - float(figure / top) * room, 1), _short(figure))
        for figure in (step * number for number in range(int(top / step) + 1))
    ]
    return Chart(label, bars, lines)


def _cut(words: str, letters: int) -> str:
    return words if len(words) <= letters else f"{words[: letters - 1].rstrip()}…"


def _step(highest: Decimal) -> Decimal:
    """Return a round distance between lines, so that there are two to five of them."""
    size = Decimal(10) ** int(log10(highest))
    return next(step for step in (size / 5, size / 2, size, size * 2) if highest / step <= 5)


def _short(figure: Decimal) -> str:
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if figure >= size:
            return f"{(figure / size).normalize():f}{letter}"
    return f"{figure.normalize():f}"
