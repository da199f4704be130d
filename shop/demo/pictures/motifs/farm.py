"""Farm and garden."""

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, sheet, tube
from shop.demo.pictures.colour import WHITE, from_hex, mix, shade, tint
from shop.demo.pictures.parts import GREEN, leaf, sign, words
from shop.demo.pictures.registry import motif

SOIL = from_hex("#5b3d2e")


@motif("watering_can")
def watering_can(c: Canvas) -> None:
    """Paint a watering can."""
    colour = c.accent()
    c.stand(480, 774, 240)
    c.line(
        shapes.blob([(380, 460), (420, 300), (590, 320), (640, 460)], closed=False),
        28,
        shade(colour, 0.25),
    )
    c.line(shapes.arc(320, 600, 120, 130, 100, 260), 28, shade(colour, 0.15))
    c.line([(620, 680), (800, 430)], 56, sheet(shade(colour, 0.14), 0.5), 1, 32)
    c.solid(
        shapes.rotate(shapes.box(742, 372, 140, 44, 16), 34, (812, 394)),
        sheet(shade(colour, 0.1), 0.5),
    )
    body = shapes.rounded([(320, 460), (650, 460), (676, 774), (294, 774)], [20, 20, 40, 40])
    c.solid(body, tube(colour, 0.6))
    c.fill(shapes.ellipse(485, 462, 164, 32), shade(colour, 0.4))
    c.fill(shapes.box(300, 690, 372, 20), shade(colour, 0.2), 0.6)
    sign(c, "flower", 480, 590, 54, tint(colour, 0.7))
    for i in range(6):
        sx, sy = 850 + i * 14, 450 + (i * 53) % 150
        c.fill(shapes.ellipse(sx, sy, 7, 13), from_hex("#7fbcd0"))


@motif("seeds_tomato")
def seeds_tomato(c: Canvas) -> None:
    """Paint a packet of tomato seed."""
    _seeds(c, "tomato")


@motif("seeds_carrot")
def seeds_carrot(c: Canvas) -> None:
    """Paint a packet of carrot seed."""
    _seeds(c, "carrot")


@motif("seeds_greens")
def seeds_greens(c: Canvas) -> None:
    """Paint a packet of kale seed."""
    _seeds(c, "greens")


def _seeds(c: Canvas, kind: str) -> None:
    """Paint a packet of seeds with a seedling beside it."""
    colour = c.accent()
    c.stand(505, 774, 230)
    with c.place(440, 500, 1.0, -5):
        c.solid(shapes.box(310, 230, 350, 540, 14), sheet(from_hex("#f7efda"), 0.35))
        c.fill(shapes.box(310, 230, 350, 120, 14), colour)
        c.line([(316, 262), (654, 262)], 4, WHITE, 0.6)
        words(c, 485, 290, 220, WHITE, 1)
        c.fill(shapes.ellipse(485, 520, 138, 138), tint(colour, 0.72))
        if kind == "tomato":
            c.solid(shapes.ellipse(485, 545, 88, 82), ball(from_hex("#d9432f"), 0.6))
            leaf(c, 485, 470, 90, 42, -40)
        elif kind == "carrot":
            c.solid(
                shapes.turned([(40, 480), (52, 500), (30, 600), (0, 650)], axis=485),
                sheet(from_hex("#ee7d2b"), 0.6),
            )
            for angle in (-125, -90, -55):
                leaf(c, 485, 490, 100, 36, angle)
        else:
            for angle in (-140, -40, -115, -65, -90):
                leaf(
                    c,
                    485,
                    640,
                    190,
                    80,
                    angle,
                    mix(GREEN, from_hex("#8cb950"), (angle + 140) / 100),
                )
        words(c, 485, 690, 180, shade(colour, 0.3), 2)
    c.fill(shapes.blob([(600, 772), (660, 730), (740, 730), (810, 772), (700, 790)]), SOIL)
    c.line([(705, 740), (705, 640)], 12, GREEN)
    leaf(c, 705, 650, 90, 46, -35)
    leaf(c, 705, 660, 84, 44, -145)


@motif("plant_pot")
def plant_pot(c: Canvas) -> None:
    """Paint a plant in a clay pot."""
    clay = mix(from_hex("#c26b3f"), c.accent(), c.vary(0, 0.5))
    c.stand(505, 774, 170)
    for i, angle in enumerate((-160, -22, -142, -40, -122, -60, -104, -78, -90)):
        leaf(
            c,
            500,
            560,
            260 + 8 * i,
            96,
            angle,
            mix(shade(GREEN, 0.3), from_hex("#7db04e"), i / 9),
            20 if angle > -90 else -20,
        )
    c.solid(
        shapes.rounded([(346, 600), (654, 600), (610, 776), (390, 776)], [6, 6, 24, 24]),
        tube(clay, 0.6),
    )
    c.solid(shapes.box(322, 540, 356, 80, 16), tube(tint(clay, 0.1), 0.6))
    for i in range(7):
        c.fill(
            [(360 + i * 42, 700), (380 + i * 42, 660), (400 + i * 42, 700)], tint(clay, 0.55), 0.8
        )


@motif("hose")
def hose(c: Canvas) -> None:
    """Paint a coiled garden hose."""
    colour = mix(GREEN, c.accent(), c.vary(0, 0.6))
    c.stand(490, 770, 260)
    for i in range(5):
        y = 730 - i * 42
        c.line(shapes.arc(480, y, 240, 66, 0, 360), 42, shade(colour, 0.06 * i))
        c.line(shapes.arc(480, y - 8, 240, 66, 60, 160), 9, tint(colour, 0.5), 0.7)
    c.line(shapes.blob([(700, 540), (780, 470), (740, 360), (800, 280)], closed=False), 42, colour)
    c.solid(
        shapes.rotate(shapes.box(770, 190, 60, 110, 14), 22, (800, 245)),
        sheet(from_hex("#e9a42c"), 0.6),
    )


@motif("gloves")
def gloves(c: Canvas) -> None:
    """Paint a pair of gardening gloves or gumboots' companion gloves."""
    colour = c.accent()
    c.stand(505, 774, 240)
    for x, turn, flip in ((610, 10.0, True), (400, -8.0, False)):
        with c.place(x, 510, 0.92, turn, flip):
            for dx, top in ((-86, 330), (-30, 270), (28, 262), (84, 300)):
                c.solid(shapes.box(474 + dx, top, 54, 280, 27), sheet(colour, 0.5))
            c.line([(610, 600), (690, 470)], 62, sheet(colour, 0.5))
            c.solid(
                shapes.rounded([(386, 460), (614, 460), (622, 680), (396, 680)], 40),
                sheet(colour, 0.5),
            )
            c.solid(shapes.box(388, 670, 236, 110, 20), sheet(c.accent(1), 0.5))
            for i in range(4):
                c.line([(420 + i * 56, 680), (420 + i * 56, 770)], 8, tint(c.accent(1), 0.5), 0.6)


@motif("gumboots")
def gumboots(c: Canvas) -> None:
    """Paint gumboots."""
    colour = c.accent()
    c.stand(505, 774, 270)
    for x, tone in ((560, 0.22), (380, 0.0)):
        hue = shade(colour, tone)
        boot = shapes.blob(
            [
                (x - 90, 270),
                (x + 70, 270),
                (x + 66, 480),
                (x + 90, 610),
                (x + 220, 660),
                (x + 236, 740),
                (x - 80, 742),
                (x - 96, 620),
                (x - 84, 460),
            ],
            steps=8,
        )
        c.solid(boot, sheet(hue, 0.6))
        c.fill(shapes.box(x - 92, 736, 330, 40, 14), shade(hue, 0.55))
        c.fill(shapes.ellipse(x - 10, 272, 82, 20), shade(hue, 0.55))
        c.fill(shapes.box(x - 90, 320, 164, 20), tint(hue, 0.5), 0.8)
        c.soft(x - 50, 470, 18, 130, WHITE, 0.5)
