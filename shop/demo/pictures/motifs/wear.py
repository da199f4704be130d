"""Clothes, shoes and cloth."""

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, sheet
from shop.demo.pictures.colour import WHITE, Colour, from_hex, mix, shade, tint
from shop.demo.pictures.parts import sign
from shop.demo.pictures.registry import motif


def _print(c: Canvas, x: float, y: float, w: float, h: float, ground: Colour) -> None:
    """Fill an area with a bold wax-print pattern of the seed's own."""
    kind = c.rng.randrange(4)
    first, second = c.accent(1), c.accent(2)
    step = 88.0
    for row in range(int(h / step) + 2):
        for col in range(int(w / step) + 2):
            px, py = x + col * step + (step / 2 if row % 2 else 0), y + row * step
            if kind == 0:
                for r, hue in ((38, first), (27, tint(ground, 0.8)), (15, second)):
                    c.fill(shapes.ellipse(px, py, r, r, steps=30), hue)
            elif kind == 1:
                for k in range(6):
                    c.fill(shapes.leaf(px, py, 38, 19, k * 60 + 15), first if k % 2 else second)
                c.fill(shapes.ellipse(px, py, 9, 9, steps=16), WHITE)
            elif kind == 2:
                c.fill([(px, py - 42), (px + 42, py), (px, py + 42), (px - 42, py)], first)
                c.fill(
                    [(px, py - 27), (px + 27, py), (px, py + 27), (px - 27, py)], tint(second, 0.1)
                )
                c.fill([(px, py - 12), (px + 12, py), (px, py + 12), (px - 12, py)], WHITE)
            else:
                c.fill(shapes.arc(px, py, 42, 42, 180, 360), first)
                c.fill(shapes.arc(px, py, 28, 28, 180, 360), tint(ground, 0.75))
                c.fill(shapes.arc(px, py, 14, 14, 180, 360), second)


@motif("kanga")
def kanga(c: Canvas) -> None:
    """Paint a kanga: border, field and a line of lettering, hanging from a rail."""
    ground = c.accent()
    c.stand(505, 790, 210, 0.7)
    c.line([(170, 232), (830, 232)], 20, from_hex("#9c6b40"))
    cloth = shapes.blob(
        [
            (240, 230),
            (500, 236),
            (760, 230),
            (772, 420),
            (752, 600),
            (768, 752),
            (630, 766),
            (500, 750),
            (370, 768),
            (234, 752),
            (250, 560),
            (232, 400),
        ],
        steps=8,
    )
    c.solid(cloth, sheet(ground, 0.4))
    with c.within(cloth):
        c.fill(shapes.box(220, 220, 560, 80), shade(ground, 0.5))
        c.fill(shapes.box(220, 690, 560, 100), shade(ground, 0.5))
        for i in range(9):
            for y in (266, 724):
                c.fill(shapes.ellipse(262 + i * 60, y, 20, 20), tint(c.accent(1), 0.2))
                c.fill(shapes.ellipse(262 + i * 60, y, 9, 9), WHITE)
        c.fill(shapes.box(220, 300, 560, 340), tint(c.accent(2), 0.35))
        _print(c, 230, 350, 560, 240, ground)
        c.fill(shapes.box(220, 616, 560, 74), tint(ground, 0.85))
        for i in range(7):
            c.fill(shapes.box(300 + i * 60, 640, 44 if i % 3 else 28, 24, 8), shade(ground, 0.3))
        for x in (330, 470, 610, 700):
            c.fill(
                shapes.blob(
                    [
                        (x, 220),
                        (x + 26, 400),
                        (x + 8, 600),
                        (x + 20, 790),
                        (x - 14, 790),
                        (x - 10, 500),
                    ],
                    steps=6,
                ),
                shade(ground, 0.8),
                0.14,
            )


@motif("kitenge")
def kitenge(c: Canvas) -> None:
    """Paint folded kitenge cloth."""
    c.stand(505, 774, 270)
    for i in range(3):
        ground, y = c.accent(i), 680 - i * 96
        layer = shapes.box(236 + i * 6, y, 530 - i * 12, 98, 44)
        c.solid(layer, sheet(ground, 0.4))
        with c.within(layer):
            _print(c, 240, y + 48, 540, 10, ground)
            c.fill(shapes.box(230, y + 74, 560, 30), shade(ground, 0.7), 0.25)
    drape = shapes.blob(
        [
            (300, 440),
            (500, 410),
            (700, 430),
            (740, 500),
            (700, 560),
            (640, 700),
            (560, 560),
            (400, 520),
            (290, 500),
        ]
    )
    c.solid(drape, sheet(c.accent(3), 0.5))
    with c.within(drape):
        _print(c, 290, 450, 480, 300, c.accent(3))
        c.soft(690, 620, 90, 160, shade(c.accent(3), 0.8), 0.5)


TEE = [
    (390, 260),
    (450, 292),
    (550, 292),
    (610, 260),
    (720, 310),
    (800, 470),
    (700, 520),
    (670, 470),
    (676, 760),
    (324, 760),
    (330, 470),
    (300, 520),
    (200, 470),
    (280, 310),
]


@motif("tshirt")
def tshirt(c: Canvas) -> None:
    """Paint a T-shirt with a printed sign."""
    colour = c.accent()
    c.stand(505, 784, 190, 0.6)
    shirt = shapes.rounded(TEE, [12, 40, 40, 12, 30, 16, 16, 10, 16, 16, 10, 16, 16, 30])
    c.solid(shirt, sheet(colour, 0.5))
    c.line(
        shapes.blob([(392, 262), (450, 306), (550, 306), (608, 262)], closed=False),
        20,
        tint(colour, 0.4),
    )
    sign(c, c.rng.choice(("sun", "star", "leaf", "flower")), 500, 500, 92, tint(c.accent(2), 0.25))
    for a, b in (((334, 480), (352, 620)), ((664, 480), (650, 640))):
        c.line([a, b], 9, shade(colour, 0.5), 0.35, 3)


@motif("shirt")
def shirt(c: Canvas) -> None:
    """Paint a printed shirt with collar and buttons."""
    colour = c.accent()
    c.stand(505, 784, 190, 0.6)
    body = shapes.rounded(TEE, [12, 30, 30, 12, 30, 16, 16, 10, 16, 16, 10, 16, 16, 30])
    c.solid(body, sheet(colour, 0.4))
    with c.within(body):
        _print(c, 210, 320, 600, 440, colour)
        c.fill(shapes.box(478, 290, 44, 480), shade(colour, 0.3))
        c.soft(690, 640, 120, 240, shade(colour, 0.8), 0.4)
    for y in (370, 450, 530, 610, 690):
        c.fill(shapes.ellipse(500, y, 9, 9), WHITE)
    for side in (-1, 1):
        c.solid(
            shapes.rounded(
                [
                    (500, 320),
                    (500 + side * 100, 252),
                    (500 + side * 120, 320),
                    (500 + side * 50, 372),
                ],
                10,
            ),
            sheet(shade(colour, 0.3), 0.4),
        )


@motif("dress")
def dress(c: Canvas) -> None:
    """Paint a printed dress."""
    colour = c.accent()
    c.stand(505, 786, 190, 0.6)
    body = shapes.blob(
        [
            (420, 230),
            (440, 300),
            (500, 330),
            (560, 300),
            (580, 230),
            (640, 330),
            (600, 420),
            (590, 470),
            (680, 620),
            (740, 760),
            (500, 784),
            (260, 760),
            (320, 620),
            (410, 470),
            (400, 420),
            (360, 330),
        ],
        steps=8,
    )
    c.solid(body, sheet(colour, 0.45))
    with c.within(body):
        c.fill(shapes.box(250, 480, 500, 320), mix(colour, c.accent(1), 0.35))
        _print(c, 250, 540, 520, 180, colour)
        c.fill(shapes.box(350, 452, 300, 36), tint(c.accent(2), 0.2))
        for x in (380, 470, 580):
            c.line([(500 + (x - 500) * 0.4, 490), (x, 780)], 12, shade(colour, 0.7), 0.22, 22)


@motif("handbag")
def handbag(c: Canvas) -> None:
    """Paint a cloth shopping bag with a print."""
    colour = c.accent()
    c.stand(505, 776, 220)
    for dx in (0, 18):
        c.line(shapes.arc(500 + dx, 450, 116, 200 - dx, 180, 360), 26, shade(colour, 0.2 + dx / 60))
    bag = shapes.rounded([(286, 440), (714, 440), (742, 776), (258, 776)], [10, 10, 34, 34])
    c.solid(bag, sheet(colour, 0.45))
    with c.within(bag):
        c.fill(shapes.box(250, 520, 500, 190), tint(c.accent(1), 0.7))
        _print(c, 270, 570, 480, 90, colour)
