"""Bread, cakes and eggs."""

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, sheet
from shop.demo.pictures.colour import Colour, from_hex, shade, tint
from shop.demo.pictures.parts import WOOD
from shop.demo.pictures.registry import motif

CRUST: Colour = from_hex("#c9803c")
CRUMB: Colour = from_hex("#f6e2b8")


def _board(c: Canvas, y: float = 748, half: float = 290) -> None:
    c.stand(505, y + 26, half)
    c.solid(shapes.box(500 - half, y, half * 2, 32, 15), sheet(WOOD, 0.5))
    c.fill(shapes.ellipse(500, y + 2, half - 8, 14), tint(WOOD, 0.22))


@motif("bread_loaf")
def bread_loaf(c: Canvas) -> None:
    """Paint a white tin loaf with two slices cut off."""
    _loaf(c, CRUST, CRUMB)


@motif("brown_loaf")
def brown_loaf(c: Canvas) -> None:
    """Paint a brown loaf with two slices cut off."""
    _loaf(c, from_hex("#9a5c33"), from_hex("#d9b27c"))


@motif("sourdough")
def sourdough(c: Canvas) -> None:
    """Paint a round dark loaf with a cross and seeds."""
    crust = from_hex("#a9632f")
    _board(c)
    body = shapes.blob(
        [
            (250, 640),
            (290, 500),
            (400, 410),
            (540, 390),
            (680, 440),
            (750, 560),
            (750, 680),
            (690, 748),
            (310, 748),
        ]
    )
    c.solid(body, ball(crust, 0.7))
    with c.within(body):
        c.soft(400, 480, 170, 110, tint(crust, 0.6), 0.6)
        for points in ([(340, 500), (480, 560), (640, 560)], [(460, 420), (500, 560), (520, 700)]):
            c.line(shapes.blob(points, closed=False), 40, CRUMB, 1, 16)
            c.line(shapes.blob(points, closed=False), 18, tint(CRUMB, 0.4), 0.7, 6)
        for _ in range(90):
            x, y = c.vary(270, 740), c.vary(410, 730)
            c.fill(
                shapes.leaf(x, y, 20, 10, c.vary(0, 180)),
                tint(CRUMB, 0.25) if c.rng.random() < 0.6 else shade(crust, 0.5),
            )


def _loaf(c: Canvas, crust: Colour, crumb: Colour) -> None:
    _board(c)
    body = shapes.blob(
        [
            (340, 480),
            (400, 395),
            (560, 380),
            (700, 400),
            (748, 480),
            (742, 600),
            (740, 748),
            (540, 752),
            (345, 748),
            (350, 600),
        ],
        steps=8,
    )
    c.solid(body, sheet(crust, 0.7))
    with c.within(body):
        for x in (470, 570, 670):
            c.line(
                shapes.blob([(x - 34, 470), (x + 4, 420), (x + 46, 395)], closed=False),
                22,
                tint(crust, 0.55),
                0.6,
                8,
            )
    for x, tone in ((372, 0.12), (312, 0.0)):
        slice_ = shapes.blob(
            [
                (x - 100, 500),
                (x - 86, 420),
                (x, 396),
                (x + 86, 420),
                (x + 100, 500),
                (x + 82, 570),
                (x + 84, 742),
                (x, 750),
                (x - 84, 742),
                (x - 82, 570),
            ],
            steps=8,
        )
        c.solid(slice_, shade(crust, tone))
        inner = [(x + (px - x) * 0.87, 580 + (py - 580) * 0.9) for px, py in slice_]
        c.fill(inner, sheet(shade(crumb, tone * 0.6), 0.3))
        for _ in range(18):
            c.fill(
                shapes.ellipse(
                    x + c.vary(-64, 64), c.vary(450, 715), 6, 4, c.vary(0, 90), steps=10
                ),
                shade(crumb, 0.25),
                0.5,
            )


@motif("baguette")
def baguette(c: Canvas) -> None:
    """Paint long crusty rolls in a pile."""
    _board(c)
    for x, y, turn in ((540, 560, -20.0), (500, 640, -6.0), (470, 702, 5.0)):
        with c.place(x, y, 1, turn):
            body = shapes.blob(
                [
                    (200, 505),
                    (290, 448),
                    (500, 430),
                    (710, 448),
                    (800, 500),
                    (710, 550),
                    (500, 566),
                    (290, 554),
                ]
            )
            c.solid(body, sheet(CRUST, 0.7), rim=0.1)
            for i in range(5):
                c.fill(shapes.leaf(290 + i * 92, 470, 120, 30, 28), tint(CRUST, 0.6), 0.9)


@motif("buns")
def buns(c: Canvas) -> None:
    """Paint soft round buns."""
    _board(c)
    for x, y, r in (
        (600, 560, 112),
        (415, 555, 116),
        (680, 672, 118),
        (325, 670, 120),
        (505, 660, 132),
    ):
        body = shapes.blob(
            [
                (x - r, y + r * 0.3),
                (x - r * 0.76, y - r * 0.5),
                (x, y - r * 0.82),
                (x + r * 0.76, y - r * 0.5),
                (x + r, y + r * 0.3),
                (x + r * 0.7, y + r * 0.7),
                (x - r * 0.7, y + r * 0.7),
            ]
        )
        c.solid(body, ball(from_hex("#d9923f"), 0.65))
        c.soft(x - r * 0.3, y - r * 0.4, r * 0.5, r * 0.34, tint(from_hex("#d9923f"), 0.9), 0.55)
        for _ in range(12):
            c.fill(
                shapes.ellipse(
                    x + c.vary(-0.5, 0.5) * r,
                    y - c.vary(0.1, 0.68) * r,
                    8,
                    5,
                    c.vary(0, 180),
                    steps=10,
                ),
                CRUMB,
            )
