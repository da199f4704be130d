"""Pots, plates and things for the table."""

import math

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, fade, sheet, tube
from shop.demo.pictures.colour import WHITE, from_hex, mix, shade, tint
from shop.demo.pictures.parts import STEEL, WOOD
from shop.demo.pictures.registry import motif


def _bowl_body(half: float, top: float, bottom: float, base: float) -> shapes.Path:
    right = shapes.blob(
        [(500 + half, top), (500 + half * 0.97, (top + bottom) / 2), (500 + base, bottom)],
        closed=False,
    )
    return right + [(1000 - x, y) for x, y in reversed(right)]


@motif("sufuria")
def sufuria(c: Canvas) -> None:
    """Paint a nest of aluminium sufurias."""
    c.stand(505, 772, 270)
    half, top = 270.0, 470.0
    body = shapes.rounded(
        [(500 - half, top), (500 + half, top), (500 + half * 0.93, 772), (500 - half * 0.93, 772)],
        [4, 4, 60, 60],
    )
    c.solid(body, tube(STEEL, 0.85))
    c.fill(shapes.ellipse(500, top, half + 24, 46), tint(STEEL, 0.55))
    c.fill(shapes.ellipse(500, top + 3, half - 4, 36), shade(STEEL, 0.42))
    for size, lift in ((0.78, 66), (0.58, 130)):
        h, y = half * size, top - lift
        c.solid(
            [*shapes.arc(500, top + 8, h * 0.96, 26, 0, 180), (500 - h, y), (500 + h, y)],
            tube(shade(STEEL, 0.04), 0.85),
        )
        c.fill(shapes.ellipse(500, y, h + 18, 34), tint(STEEL, 0.6))
        c.fill(shapes.ellipse(500, y + 3, h - 4, 25), shade(STEEL, 0.42))
    c.soft(330, 610, 44, 150, WHITE, 0.75)


@motif("cooking_pot")
def cooking_pot(c: Canvas) -> None:
    """Paint an enamel pot with its lid."""
    colour = c.accent()
    c.stand(505, 772, 250)
    for side in (-1, 1):
        c.line(
            shapes.blob(
                [
                    (500 + side * 235, 520),
                    (500 + side * 310, 518),
                    (500 + side * 312, 570),
                    (500 + side * 235, 578),
                ],
                closed=False,
            ),
            30,
            shade(colour, 0.35),
        )
    body = shapes.rounded([(252, 440), (748, 440), (730, 772), (270, 772)], [6, 6, 76, 76])
    c.solid(body, tube(colour, 0.6))
    c.soft(335, 600, 40, 140, WHITE, 0.5)
    cover = [*shapes.arc(500, 440, 258, 132, 180, 360)]
    c.solid([*cover, *shapes.arc(500, 440, 258, 26, 0, 180)], ball(tint(colour, 0.1), 0.5))
    c.fill(
        [*shapes.arc(500, 446, 262, 26, 0, 180), *shapes.arc(500, 428, 262, 26, 180, 0)],
        shade(colour, 0.18),
    )
    c.solid(shapes.box(462, 270, 76, 46, 20), tube(from_hex("#3c3438"), 0.6))
    c.shine(shapes.arc(500, 440, 206, 98, 205, 250), 16, 0.6)


@motif("frying_pan")
def frying_pan(c: Canvas) -> None:
    """Paint a frying pan with an egg."""
    iron = from_hex("#4a464c")
    c.stand(450, 742, 290)
    c.line([(620, 560), (860, 420)], 50, sheet(c.accent(), 0.6), 1, 42)
    c.solid(shapes.ellipse(430, 640, 290, 116), tube(iron, 0.7))
    c.fill(shapes.ellipse(430, 618, 290, 110), tint(iron, 0.25))
    c.fill(shapes.ellipse(430, 622, 262, 94), fade(shade(iron, 0.5), iron))
    white = shapes.blob(
        [
            (270, 615),
            (340, 570),
            (450, 575),
            (560, 590),
            (590, 640),
            (500, 684),
            (380, 680),
            (300, 664),
        ]
    )
    c.solid(white, ball(from_hex("#fbf6ea"), 0.25))
    c.solid(shapes.ellipse(436, 622, 74, 42), ball(from_hex("#f2ad2c"), 0.6))
    c.fill(shapes.ellipse(410, 608, 18, 8), WHITE, 0.8)


@motif("kettle")
def kettle(c: Canvas) -> None:
    """Paint a kettle."""
    colour = mix(c.accent(), STEEL, c.rng.choice((0.0, 0.85)))
    c.stand(505, 772, 230)
    c.line(shapes.arc(490, 410, 178, 160, 195, 345), 30, sheet(from_hex("#3c3438"), 0.5))
    c.solid(
        shapes.rounded([(640, 520), (790, 400), (830, 420), (720, 660)], 16),
        sheet(shade(colour, 0.12), 0.5),
    )
    body = shapes.turned([(90, 396), (160, 430), (224, 560), (240, 700), (214, 770)], axis=490)
    c.solid(body, tube(colour, 0.65))
    c.fill(shapes.ellipse(490, 402, 100, 20), tint(colour, 0.3))
    c.solid(shapes.ellipse(490, 378, 26, 24), ball(from_hex("#3c3438"), 0.6))
    c.soft(350, 590, 36, 130, WHITE, 0.65)


@motif("mug")
def mug(c: Canvas) -> None:
    """Paint an enamel mug of tea."""
    colour = c.accent()
    c.stand(490, 772, 190)
    c.line(shapes.arc(655, 580, 116, 112, -80, 80), 38, sheet(shade(colour, 0.14), 0.5))
    body = shapes.rounded([(290, 400), (670, 400), (650, 772), (310, 772)], [4, 4, 66, 66])
    c.solid(body, tube(colour, 0.55))
    with c.within(body):
        pattern = c.rng.randrange(3)
        for i in range(12):
            if pattern == 0:
                c.fill(shapes.star(310 + i * 36, 600, 26, 10, 4), tint(colour, 0.75), 0.9)
            elif pattern == 1:
                c.fill(
                    shapes.ellipse(310 + (i % 6) * 74, 550 + (i // 6) * 90, 16, 16),
                    tint(colour, 0.75),
                    0.9,
                )
        if pattern == 2:
            c.fill(shapes.box(280, 650, 400, 140), tint(colour, 0.72))
        c.soft(352, 580, 30, 150, WHITE, 0.5)
    c.fill(shapes.ellipse(480, 400, 192, 46), tint(colour, 0.62))
    c.fill(shapes.ellipse(480, 403, 172, 36), shade(colour, 0.4))
    c.fill(shapes.ellipse(480, 412, 162, 27), fade(from_hex("#b0713c"), from_hex("#c98d52"), 0.5))
    for dx in (-50, 30):
        c.line(
            shapes.blob(
                [(480 + dx, 360), (500 + dx, 310), (470 + dx, 262), (492 + dx, 210)], closed=False
            ),
            16,
            WHITE,
            0.55,
            4,
        )


@motif("plate_set")
def plate_set(c: Canvas) -> None:
    """Paint a stack of plates and a bowl."""
    colour = c.accent()
    c.stand(505, 770, 310)
    for i in range(5):
        y = 738 - i * 26
        c.fill(
            shapes.ellipse(500, y + 12, 300, 58), shade(tint(colour, 0.7 if i % 2 else 0.0), 0.3)
        )
        c.fill(
            shapes.ellipse(500, y, 300, 58),
            fade(tint(colour, 0.75 if i % 2 else 0.12), tint(colour, 0.6 if i % 2 else 0.0)),
        )
    c.fill(shapes.ellipse(500, 634, 300, 58), tint(colour, 0.12))
    c.fill(shapes.ellipse(500, 634, 274, 49), from_hex("#fbf4e6"))
    c.shadow(520, 640, 190, 38, 0.5)
    bowl = _bowl_body(196, 470, 640, 96)
    c.solid(bowl, tube(from_hex("#fbf4e6"), 0.45))
    with c.within(bowl):
        c.fill(shapes.box(290, 500, 420, 26), colour)
        for i in range(14):
            c.fill(shapes.star(312 + i * 30, 566, 15, 6, 4), colour)
    c.fill(shapes.ellipse(500, 470, 197, 40), WHITE)
    c.fill(shapes.ellipse(500, 474, 178, 31), shade(from_hex("#f1e5cf"), 0.2))


@motif("thermos")
def thermos(c: Canvas) -> None:
    """Paint a tea flask."""
    colour = c.accent()
    c.stand(505, 776, 150)
    c.line(
        shapes.blob([(640, 420), (740, 450), (742, 620), (640, 650)], closed=False),
        32,
        sheet(shade(colour, 0.35), 0.4),
    )
    body = shapes.rounded([(362, 372), (638, 372), (646, 776), (354, 776)], [30, 30, 34, 34])
    c.solid(body, tube(colour, 0.6))
    with c.within(body):
        c.fill(shapes.box(340, 380, 320, 34), STEEL)
        for i in range(9):
            c.fill(
                shapes.star(372 + (i % 5) * 64, 530 + (i // 5) * 100, 30, 12, 6),
                tint(colour, 0.7),
                0.8,
            )
        c.soft(410, 580, 26, 220, WHITE, 0.6)
        c.fill(shapes.box(340, 724, 320, 60), shade(colour, 0.35))
    c.solid(
        shapes.rounded([(398, 220), (602, 220), (624, 376), (376, 376)], [36, 36, 8, 8]),
        tube(tint(colour, 0.72), 0.5),
    )
    c.soft(438, 300, 18, 70, WHITE, 0.8)


@motif("knife")
def knife(c: Canvas) -> None:
    """Paint a kitchen knife on a chopping board."""
    c.stand(505, 770, 290)
    c.solid(shapes.box(240, 300, 520, 470, 46), sheet(WOOD, 0.5))
    for y in (380, 470, 560, 650, 720):
        c.line(
            shapes.blob(
                [(260, y), (420, y + c.vary(-14, 14)), (600, y + c.vary(-14, 14)), (740, y)],
                closed=False,
            ),
            5,
            shade(WOOD, 0.2),
            0.5,
        )
    c.fill(shapes.ellipse(500, 344, 26, 22), shade(WOOD, 0.55))
    with c.place(500, 560, 1, -28):
        c.fill(
            shapes.move([(250, 470), (560, 470), (560, 560), (380, 556), (290, 520)], 14, 22),
            (90, 60, 50),
            0.35,
        )
        c.fill(
            shapes.blob(
                [(235, 476), (400, 466), (560, 466), (565, 556), (440, 562), (320, 530)], steps=8
            ),
            fade(WHITE, STEEL),
        )
        c.line([(300, 524), (430, 552), (556, 550)], 6, WHITE, 0.9)
        c.solid(shapes.box(556, 462, 240, 66, 26), sheet(c.accent(), 0.5))
        for x in (610, 680, 750):
            c.fill(shapes.ellipse(x, 494, 11, 11), STEEL)


@motif("spoons")
def spoons(c: Canvas) -> None:
    """Paint wooden spoons in a pot."""
    colour = c.accent()
    c.stand(505, 774, 165)
    for x, turn, kind in ((430, -17.0, 0), (560, 16.0, 1), (495, -1.0, 2)):
        with c.place(x, 430, 1, turn):
            wood = mix(WOOD, from_hex("#8a5a38"), 0.35 * kind)
            c.line([(500, 380), (500, 720)], 26, sheet(wood, 0.5))
            head = (
                shapes.ellipse(500, 330, 60, 84)
                if kind != 1
                else shapes.box(446, 240, 108, 170, 30)
            )
            c.solid(head, ball(wood, 0.6))
            c.fill(shapes.ellipse(500, 326, 40, 60), shade(wood, 0.25), 0.7)
    body = shapes.rounded([(340, 520), (660, 520), (634, 776), (366, 776)], [14, 14, 44, 44])
    c.solid(body, tube(colour, 0.55))
    with c.within(body):
        c.fill(shapes.box(330, 600, 340, 18), tint(colour, 0.7))
        c.fill(shapes.box(330, 690, 340, 18), tint(colour, 0.7))
        for i in range(10):
            c.fill(
                [(344 + i * 36, 682), (362 + i * 36, 626), (380 + i * 36, 682)], tint(colour, 0.7)
            )
    c.soft(400, 650, 22, 110, WHITE, 0.5)


@motif("jiko")
def jiko(c: Canvas) -> None:
    """Paint a charcoal stove with glowing coals."""
    colour = c.accent()
    c.stand(505, 776, 230)
    for x in (350, 650):
        c.line([(x, 700), (x + (x - 500) * 0.12, 776)], 34, shade(STEEL, 0.45))
    low = shapes.rounded([(420, 580), (580, 580), (690, 740), (310, 740)], 14)
    c.solid(low, tube(shade(colour, 0.16), 0.6))
    c.fill(shapes.box(440, 650, 120, 58, 8), from_hex("#402b2b"))
    c.soft(500, 690, 60, 36, from_hex("#f28a33"), 0.9)
    top = shapes.rounded([(258, 430), (742, 430), (590, 610), (410, 610)], [8, 8, 40, 40])
    c.solid(top, tube(colour, 0.6))
    c.fill(shapes.ellipse(500, 430, 244, 60), shade(STEEL, 0.25))
    c.fill(shapes.ellipse(500, 432, 222, 50), from_hex("#b8653f"))
    c.fill(shapes.ellipse(500, 438, 190, 40), from_hex("#3a2728"))
    for i in range(22):
        a, r = i * 2.4, 0.2 + 0.75 * (i % 5) / 5
        left, height = 500 + 165 * r * math.cos(a), 436 + 30 * r * math.sin(a)
        c.fill(
            shapes.ellipse(left, height, 30, 17, i * 40, steps=14),
            mix(from_hex("#4a3030"), from_hex("#f06a2a"), c.vary(0, 1)),
        )
    c.soft(500, 420, 260, 90, from_hex("#ffb04a"), 0.55)
