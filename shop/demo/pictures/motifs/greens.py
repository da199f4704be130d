"""Leafy greens and herbs."""

import math

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, sheet
from shop.demo.pictures.colour import Colour, from_hex, mix, shade, tint
from shop.demo.pictures.registry import motif


def _ruffled(
    x: float, y: float, length: float, width: float, angle: float, waves: int
) -> shapes.Path:
    outline = []
    for i in range(61):
        t = i / 60
        side = 1 if t < 0.5 else -1
        along = t * 2 if t < 0.5 else (1 - t) * 2
        wide = math.sin(math.pi * min(1.0, along * 0.9 + 0.08)) ** 0.7
        ruffle = 1 + 0.13 * math.sin(along * waves * math.pi)
        outline.append((length * along, side * width / 2 * wide * ruffle))
    return shapes.move(shapes.rotate(shapes.blob(outline, steps=3), angle, (0, 0)), x, y)


def _bunch(c: Canvas, green: Colour, length: float, width: float, waves: int, rib: Colour) -> None:
    c.stand(505, 762, 190)
    for i, angle in enumerate((-150, -32, -134, -48, -118, -64, -102, -78, -90)):
        tone = mix(shade(green, 0.35), tint(green, 0.16), i / 8)
        x, y = 500 + (angle + 90) * 0.9, 620.0
        reach = length * (0.86 + 0.02 * i)
        c.line([(500 + (angle + 90) * 0.35, 752), (x, y)], 15, shade(rib, 0.15), 1, 12)
        c.solid(_ruffled(x, y, reach, width, angle, waves), sheet(tone, 0.5), rim=0.05)
        c.line(shapes.leaf_spine(x, y, reach, angle), 9, rib, 0.9, 3)
        for t in (0.3, 0.5, 0.7):
            a = math.radians(angle)
            px, py = x + reach * t * math.cos(a), y + reach * t * math.sin(a)
            for side in (-42, 42):
                b = math.radians(angle + side)
                c.line(
                    [(px, py), (px + width * 0.3 * math.cos(b), py + width * 0.3 * math.sin(b))],
                    4,
                    rib,
                    0.7,
                    2,
                )
    c.solid(shapes.box(445, 668, 112, 40, 18), sheet(from_hex("#cfa46a"), 0.5))


@motif("kale")
def kale(c: Canvas) -> None:
    """Paint a bunch of sukuma wiki."""
    _bunch(
        c,
        mix(from_hex("#3f7d4a"), from_hex("#55863c"), c.vary(0, 1)),
        370,
        170,
        9,
        from_hex("#b4d090"),
    )


@motif("spinach")
def spinach(c: Canvas) -> None:
    """Paint a bunch of spinach."""
    _bunch(
        c,
        mix(from_hex("#4c9a45"), from_hex("#37834e"), c.vary(0, 1)),
        330,
        190,
        3,
        from_hex("#d4e6a8"),
    )


@motif("coriander")
def coriander(c: Canvas) -> None:
    """Paint a bunch of fresh herbs."""
    green = mix(from_hex("#5aa145"), from_hex("#3f8a55"), c.vary(0, 1))
    c.stand(505, 762, 130)
    for i in range(26):
        angle = math.radians(-90 + c.vary(-46, 46))
        reach = c.vary(270, 450)
        x, y = 500 + reach * math.cos(angle), 690 + reach * math.sin(angle)
        c.line(
            [(500 + c.vary(-18, 18), 750), (500 + (x - 500) * 0.3, 600), (x, y)],
            7,
            shade(green, 0.2),
            1,
            4,
        )
        tone = mix(shade(green, 0.32), tint(green, 0.25), i / 26)
        for turn in (-160, -125, -90, -55, -20):
            c.fill(shapes.leaf(x, y + 14, 66, 44, turn), tone)
        c.line([(x, y + 14), (x, y - 30)], 3, tint(green, 0.45), 0.8)
    c.solid(shapes.box(455, 652, 92, 36, 16), sheet(from_hex("#c7543f"), 0.5))


@motif("cabbage")
def cabbage(c: Canvas) -> None:
    """Paint a head of cabbage."""
    green = mix(from_hex("#a5c66b"), from_hex("#7fb37a"), c.vary(0, 0.6))
    c.stand(505, 762, 250)
    for x, angle, tone in ((500, -90, 0.3), (420, -128, 0.2), (580, -52, 0.26)):
        c.solid(_ruffled(x, 740, 430, 380, angle, 6), sheet(shade(green, tone), 0.5))
    head = shapes.ellipse(500, 560, 215, 198)
    c.solid(head, ball(tint(green, 0.15), 0.55))
    with c.within(head):
        for bend in (-190, -110, -30, 60, 150):
            vein = shapes.blob(
                [(500, 760), (500 + bend * 0.7, 620), (500 + bend, 470), (500 + bend * 0.8, 380)],
                closed=False,
            )
            c.line(vein, 10, tint(green, 0.62), 0.85, 3)
            for t in (540, 620):
                c.line(
                    [(500 + bend * 0.85, t), (500 + bend * 0.85 + 46, t - 46)],
                    5,
                    tint(green, 0.6),
                    0.7,
                    2,
                )
    for angle, side in ((-152, 380), (-28, 620)):
        outer = _ruffled(side + (140 if side < 500 else -140), 752, 320, 240, angle, 6)
        c.solid(outer, sheet(shade(green, 0.16), 0.5))
        c.line(
            shapes.leaf_spine(side + (140 if side < 500 else -140), 752, 320, angle),
            9,
            tint(green, 0.6),
            0.9,
            3,
        )
