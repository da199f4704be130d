"""Things made by hand."""

import math

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, sheet, tube
from shop.demo.pictures.colour import WHITE, Colour, from_hex, mix, shade, tint
from shop.demo.pictures.registry import motif

SISAL: Colour = from_hex("#d9b379")


def _woven(c: Canvas, body: shapes.Path, ground: Colour) -> None:
    """Weave bands of the palette into a basket's body."""
    left, top, right, bottom = shapes.bounds(body)
    with c.within(body):
        rows = int((bottom - top) / 23)
        kind = c.rng.randrange(3)
        for row in range(rows + 1):
            y = top + row * 23
            band = c.accent(row // 3) if row % 6 in (1, 2, 3) else ground
            for col in range(int((right - left) / 27) + 2):
                x = left + col * 27 + (13 if row % 2 else 0)
                hue = band
                if kind == 1 and (col + row) % 5 == 0:
                    hue = c.accent(1)
                if kind == 2:
                    hue = c.accent(0) if abs((col * 2 - row) % 12 - 6) < 2 else ground
                c.fill(shapes.ellipse(x, y + 11, 15, 11, -12, steps=12), shade(hue, 0.24))
                c.fill(shapes.ellipse(x - 1, y + 9, 13, 8, -12, steps=12), tint(hue, 0.12))
        c.soft(
            right - 30,
            (top + bottom) / 2,
            (right - left) * 0.34,
            (bottom - top) * 0.9,
            shade(ground, 0.9),
            0.5,
        )
        c.soft(left + (right - left) * 0.28, top + 110, 110, 150, WHITE, 0.3)


@motif("basket")
def basket(c: Canvas) -> None:
    """Paint a kiondo with leather handles."""
    c.stand(505, 776, 220)
    for dx, tone in ((20, 0.35), (0, 0.0)):
        c.line(
            shapes.arc(500 + dx, 440, 150, 220 - dx, 180, 360),
            24,
            sheet(shade(from_hex("#8a5233"), tone), 0.5),
        )
    body = shapes.blob(
        [
            (270, 430),
            (500, 440),
            (730, 430),
            (756, 580),
            (700, 740),
            (500, 780),
            (300, 740),
            (244, 580),
        ]
    )
    c.fill(body, SISAL)
    _woven(c, body, SISAL)
    c.fill(shapes.ellipse(500, 432, 232, 34), tint(SISAL, 0.2))
    c.fill(shapes.ellipse(500, 435, 212, 25), shade(SISAL, 0.6))
    for x in (350, 650):
        c.solid(shapes.box(x - 16, 420, 32, 90, 12), sheet(from_hex("#8a5233"), 0.5))


@motif("laundry_basket")
def laundry_basket(c: Canvas) -> None:
    """Paint a tall woven basket with a lid."""
    c.stand(505, 776, 190)
    body = shapes.turned([(168, 400), (190, 560), (180, 700), (156, 778)])
    c.fill(body, SISAL)
    _woven(c, body, SISAL)
    top = shapes.turned([(20, 262), (90, 300), (160, 350), (186, 408)])
    c.fill(top, SISAL)
    _woven(c, top, SISAL)
    c.solid(shapes.ellipse(500, 256, 28, 24), ball(from_hex("#8a5233"), 0.6))


@motif("table_mats")
def table_mats(c: Canvas) -> None:
    """Paint round woven mats."""
    c.stand(505, 766, 300)
    for x, y, r in ((590, 500, 210), (410, 560, 216)):
        c.fill(shapes.ellipse(x + 10, y + 12, r, r), shade(SISAL, 0.6))
        for ring in range(12):
            k = r * (1 - ring / 12)
            hue = c.accent(ring // 3) if ring % 4 in (1, 2) else SISAL
            c.fill(shapes.ellipse(x, y, k, k), mix(hue, shade(hue, 0.3), 0.5 if ring % 2 else 0.0))
        for i in range(40):
            a = math.tau * i / 40
            c.line(
                [
                    (x + r * 0.1 * math.cos(a), y + r * 0.1 * math.sin(a)),
                    (x + r * math.cos(a), y + r * math.sin(a)),
                ],
                3,
                shade(SISAL, 0.7),
                0.2,
            )


@motif("bracelet")
def bracelet(c: Canvas) -> None:
    """Paint beaded bracelets."""
    c.stand(500, 762, 270)
    for k, (x, y, rx, ry) in enumerate(((560, 500, 190, 120), (430, 630, 220, 130))):
        for row in range(3):
            back = shapes.arc(x, y + row * 27, rx, ry, 180, 360)
            for spot in back[::2]:
                c.fill(shapes.ellipse(*spot, 15, 15, steps=20), shade(c.accent(row + k), 0.4))
        for row in range(3):
            front = shapes.arc(x, y + row * 27, rx, ry, 0, 180)
            for i, spot in enumerate(front):
                hue = (
                    c.accent(row + k)
                    if i // 4 % 2
                    else (WHITE if row == 1 else c.accent(row + k + 1))
                )
                c.fill(shapes.ellipse(*spot, 16, 16, steps=20), shade(hue, 0.3))
                c.fill(shapes.ellipse(spot[0] - 2, spot[1] - 2, 13, 13, steps=20), hue)
                c.fill(shapes.ellipse(spot[0] - 5, spot[1] - 5, 4, 4, steps=10), tint(hue, 0.7))


@motif("necklace")
def necklace(c: Canvas) -> None:
    """Paint a beaded collar on a stand."""
    c.stand(505, 776, 190)
    bust = shapes.turned(
        [(60, 190), (58, 300), (110, 360), (220, 430), (240, 560), (190, 700), (140, 776)]
    )
    c.solid(bust, tube(from_hex("#4a3a3c"), 0.6))
    for ring in range(8):
        rx, ry, y = 96 + ring * 19, 56 + ring * 26, 330 + ring * 5
        hue = c.accent(ring) if ring % 2 == 0 else mix(c.accent(ring), WHITE, 0.25)
        path = shapes.arc(500, y, rx, ry, 4, 176)
        c.line(path, 23, shade(hue, 0.14))
        c.line(shapes.move(path, -1, -4), 9, tint(hue, 0.5), 0.8)
    c.solid(shapes.ellipse(500, 620, 26, 32), ball(from_hex("#e0b04a"), 0.6))
