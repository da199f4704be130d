"""Parts that many things share: leaves, labels, emblems, lids and piles."""

import math
from collections.abc import Callable

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, sheet, tube
from shop.demo.pictures.colour import WHITE, Colour, from_hex, mix, shade, tint

GREEN = from_hex("#4f8a3c")
STEM = from_hex("#7a5a38")
STEEL = from_hex("#c3ccd2")
WOOD = from_hex("#b57a45")


def leaf(
    c: Canvas,
    x: float,
    y: float,
    length: float,
    width: float,
    angle: float,
    colour: Colour = GREEN,
    bend: float = 0,
) -> None:
    """Paint a leaf with a lighter rib, growing from a point."""
    outline = shapes.leaf(x, y, length, width, angle, bend)
    c.solid(outline, sheet(colour, 0.55), rim=0.06)
    rib = shapes.leaf_spine(x, y, length, angle, bend)
    c.line(rib, max(4, width * 0.05), tint(colour, 0.4), 0.8, 2)


def lid(c: Canvas, x: float, y: float, half: float, height: float, colour: Colour) -> None:
    """Paint a round screw lid whose top edge is seen a little from above."""
    body = [*shapes.arc(x, y + height, half, half * 0.1, 180, 0)]
    c.solid([(x - half, y), *body, (x + half, y)], tube(colour, 0.6))
    c.fill(shapes.ellipse(x, y, half, half * 0.13), tint(colour, 0.28))
    c.fill(shapes.ellipse(x, y + 2, half * 0.84, half * 0.09), tint(colour, 0.1))


def band(x: float, half: float, top: float, bottom: float, sag: float = 14) -> shapes.Path:
    """Outline a label around a round body; its edges sag like the body's."""
    return shapes.arc(x, top, half, sag, 180, 0) + shapes.arc(x, bottom, half, sag, 0, 180)


def words(c: Canvas, x: float, y: float, width: float, colour: Colour, rows: int = 2) -> None:
    """Suggest lettering by short bars."""
    for row in range(rows):
        wide = width * (1 - 0.34 * row)
        thick = 17 - 4 * row
        c.fill(
            shapes.box(x - wide / 2, y + row * 30, wide, thick, thick / 2), colour, 0.9 - 0.25 * row
        )


def _leaf_sign(c: Canvas, x: float, y: float, r: float, k: Colour) -> None:
    c.fill(shapes.leaf(x - r * 0.7, y + r * 0.7, r * 2.1, r * 1.1, -45), k)
    c.line(shapes.leaf_spine(x - r * 0.9, y + r * 0.9, r * 1.9, -45), r * 0.1, WHITE)


def _drop_sign(c: Canvas, x: float, y: float, r: float, k: Colour) -> None:
    lower = shapes.arc(x, y + r * 0.25, r * 0.72, r * 0.72, -28, 208)
    c.fill([*lower, (x, y - r)], k)
    c.line(shapes.arc(x, y + r * 0.25, r * 0.42, r * 0.42, 95, 165), r * 0.13, WHITE, 0.8)


def _sun_sign(c: Canvas, x: float, y: float, r: float, k: Colour) -> None:
    c.fill(shapes.star(x, y, r, r * 0.68, 12), k)
    c.fill(shapes.ellipse(x, y, r * 0.5, r * 0.5), tint(k, 0.6))


def _grain_sign(c: Canvas, x: float, y: float, r: float, k: Colour) -> None:
    c.line([(x, y + r), (x, y - r * 0.4)], r * 0.1, k)
    c.fill(shapes.leaf(x, y - r * 0.35, r * 0.7, r * 0.36, -90), k)
    for step in range(3):
        base = y + r * (0.62 - step * 0.42)
        for angle in (-40, -140):
            c.fill(shapes.leaf(x, base, r * 0.72, r * 0.34, angle), k)


def _flower_sign(c: Canvas, x: float, y: float, r: float, k: Colour) -> None:
    for step in range(6):
        a = math.radians(60 * step + 30)
        c.fill(
            shapes.ellipse(
                x + r * 0.55 * math.cos(a), y + r * 0.55 * math.sin(a), r * 0.42, r * 0.42
            ),
            k,
        )
    c.fill(shapes.ellipse(x, y, r * 0.34, r * 0.34), tint(k, 0.75))


def _bean_sign(c: Canvas, x: float, y: float, r: float, k: Colour) -> None:
    c.fill(shapes.ellipse(x, y, r * 0.72, r, 28), k)
    curve = shapes.blob(
        [
            (x + r * 0.42, y - r * 0.8),
            (x - r * 0.05, y - r * 0.1),
            (x + r * 0.05, y + r * 0.1),
            (x - r * 0.42, y + r * 0.8),
        ],
        closed=False,
    )
    c.line(curve, r * 0.16, tint(k, 0.8))


def _fruit_sign(c: Canvas, x: float, y: float, r: float, k: Colour) -> None:
    c.fill(shapes.ellipse(x, y + r * 0.18, r * 0.8, r * 0.76), k)
    c.fill(shapes.leaf(x, y - r * 0.5, r * 0.9, r * 0.45, -35), GREEN)


def _heart_sign(c: Canvas, x: float, y: float, r: float, k: Colour) -> None:
    c.fill(
        shapes.blob(
            [
                (x, y - r * 0.45),
                (x + r * 0.5, y - r * 0.8),
                (x + r * 0.9, y - r * 0.3),
                (x + r * 0.5, y + r * 0.4),
                (x, y + r * 0.9),
                (x - r * 0.5, y + r * 0.4),
                (x - r * 0.9, y - r * 0.3),
                (x - r * 0.5, y - r * 0.8),
            ]
        ),
        k,
    )


def _star_sign(c: Canvas, x: float, y: float, r: float, k: Colour) -> None:
    c.fill(shapes.rounded(shapes.star(x, y, r, r * 0.5, 5), r * 0.12), k)


def _chilli_sign(c: Canvas, x: float, y: float, r: float, k: Colour) -> None:
    c.fill(shapes.leaf(x - r * 0.8, y - r * 0.5, r * 2, r * 0.62, 32, -r * 0.3), k)
    c.line([(x - r * 0.75, y - r * 0.5), (x - r, y - r * 0.95)], r * 0.16, GREEN)


def _hen_sign(c: Canvas, x: float, y: float, r: float, k: Colour) -> None:
    """Draw a hen: body, tail, head and comb."""
    c.fill(
        shapes.blob(
            [
                (x - r, y - r * 0.5),
                (x - r * 0.3, y),
                (x + r * 0.3, y - r * 0.2),
                (x + r * 0.55, y - r * 0.8),
                (x + r * 0.85, y - r * 0.55),
                (x + r * 0.75, y + r * 0.2),
                (x + r * 0.1, y + r * 0.7),
                (x - r * 0.7, y + r * 0.35),
            ]
        ),
        k,
    )
    c.fill(
        [(x + r * 0.8, y - r * 0.62), (x + r * 1.1, y - r * 0.48), (x + r * 0.8, y - r * 0.36)],
        from_hex("#e9a42c"),
    )
    c.fill(shapes.ellipse(x + r * 0.62, y - r * 0.9, r * 0.2, r * 0.15), from_hex("#c8452f"))


SIGNS: dict[str, Callable[[Canvas, float, float, float, Colour], None]] = {
    "leaf": _leaf_sign,
    "drop": _drop_sign,
    "sun": _sun_sign,
    "grain": _grain_sign,
    "flower": _flower_sign,
    "bean": _bean_sign,
    "fruit": _fruit_sign,
    "heart": _heart_sign,
    "star": _star_sign,
    "chilli": _chilli_sign,
    "hen": _hen_sign,
}


def sign(c: Canvas, name: str, x: float, y: float, radius: float, colour: Colour) -> None:
    """Paint a label's emblem: what is inside, without words."""
    SIGNS[name](c, x, y, radius, colour)


def pile(
    c: Canvas,
    x: float,
    y: float,
    half: float,
    height: float,
    colour: Colour,
    grain: float,
    count: int = 60,
) -> None:
    """Heap small grains into a soft mound."""
    mound = shapes.blob(
        [
            (x - half, y),
            (x - half * 0.55, y - height * 0.62),
            (x, y - height),
            (x + half * 0.55, y - height * 0.6),
            (x + half, y),
        ],
        closed=False,
    )
    c.solid([*mound, *shapes.arc(x, y, half, height * 0.16, 0, 180)], sheet(colour, 0.6))
    for _ in range(count):
        u = c.vary(-1, 1)
        top = height * (1 - abs(u) ** 1.5) * 0.9
        px, py = x + half * 0.92 * u, y - c.vary(0, 1) * top
        tone = mix(shade(colour, 0.28), tint(colour, 0.5), c.vary(0, 1))
        c.fill(shapes.ellipse(px, py, grain, grain * 0.62, c.vary(0, 180), steps=12), tone)
