"""Things for babies and small children."""

import math

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, sheet, tube
from shop.demo.pictures.colour import WHITE, from_hex, mix, shade, tint
from shop.demo.pictures.containers import pump, tube_of
from shop.demo.pictures.parts import WOOD, sign, words
from shop.demo.pictures.registry import motif


@motif("diaper_pack")
def diaper_pack(c: Canvas) -> None:
    """Paint a soft pack of nappies."""
    colour = c.accent()
    c.stand(505, 774, 240)
    c.line(shapes.arc(500, 360, 96, 70, 180, 360), 26, shade(colour, 0.16))
    body = shapes.blob(
        [
            (290, 360),
            (500, 346),
            (710, 360),
            (752, 480),
            (744, 720),
            (690, 776),
            (500, 784),
            (310, 776),
            (256, 720),
            (248, 480),
        ],
        steps=8,
    )
    c.solid(body, ball(colour, 0.45))
    with c.within(body):
        c.fill(
            shapes.blob([(230, 640), (380, 590), (560, 650), (770, 590), (770, 800), (230, 800)]),
            tint(colour, 0.75),
            0.95,
        )
    c.fill(shapes.ellipse(500, 500, 112, 112), WHITE)
    sign(c, c.rng.choice(("heart", "star", "sun")), 500, 502, 66, c.accent(1))
    words(c, 500, 688, 190, shade(colour, 0.4), 2)


@motif("baby_bottle")
def baby_bottle(c: Canvas) -> None:
    """Paint a feeding bottle."""
    colour = c.accent()
    c.stand(505, 776, 125)
    c.solid(
        shapes.turned([(16, 190), (34, 214), (36, 256), (82, 300), (90, 330)]),
        tube(from_hex("#f0cba4"), 0.5),
    )
    body = shapes.rounded(
        [(404, 372), (596, 372), (618, 430), (618, 776), (382, 776), (382, 430)],
        [10, 10, 40, 50, 50, 40],
    )
    c.solid(body, tube(from_hex("#e9f1f0"), 0.4))
    with c.within(body):
        c.fill(shapes.box(370, 500, 260, 300), from_hex("#fffaf0"))
        c.soft(600, 640, 60, 220, shade(from_hex("#cddbe0"), 0.1), 0.8)
        c.soft(414, 600, 18, 200, WHITE, 0.9)
    for i in range(6):
        c.line([(560, 470 + i * 46), (596 if i % 2 else 582, 470 + i * 46)], 6, colour)
    sign(c, "heart", 480, 610, 52, colour)
    c.solid(shapes.box(390, 318, 220, 72, 20), tube(colour, 0.5))


@motif("teddy")
def teddy(c: Canvas) -> None:
    """Paint a soft bear."""
    fur = mix(from_hex("#c98f57"), c.accent(), c.vary(0, 0.5))
    pale = tint(fur, 0.55)
    c.stand(505, 774, 220)
    for side in (-1, 1):
        c.solid(shapes.ellipse(500 + side * 118, 300, 56, 56), ball(fur, 0.5))
        c.fill(shapes.ellipse(500 + side * 118, 302, 30, 30), pale)
        c.solid(shapes.ellipse(500 + side * 176, 580, 62, 100, side * -32), ball(fur, 0.55))
    c.solid(shapes.ellipse(500, 630, 172, 160), ball(fur, 0.55))
    c.fill(shapes.ellipse(500, 640, 104, 104), pale, 0.8)
    for side in (-1, 1):
        c.solid(shapes.ellipse(500 + side * 132, 730, 82, 62), ball(fur, 0.55))
        c.fill(shapes.ellipse(500 + side * 136, 734, 44, 36), pale)
    c.solid(shapes.ellipse(500, 396, 156, 142), ball(fur, 0.5))
    c.fill(shapes.ellipse(500, 440, 72, 56), pale)
    for side in (-1, 1):
        c.fill(shapes.ellipse(500 + side * 60, 376, 15, 17), from_hex("#33262a"))
        c.fill(shapes.ellipse(496 + side * 60, 370, 5, 5), WHITE)
    c.fill(shapes.ellipse(500, 418, 24, 17), from_hex("#4a2f2c"))
    c.line(shapes.arc(500, 440, 30, 24, 20, 160), 6, from_hex("#4a2f2c"))
    c.solid(shapes.rounded([(500, 540), (420, 500), (420, 580)], 12), c.accent(1))
    c.solid(shapes.rounded([(500, 540), (580, 500), (580, 580)], 12), c.accent(1))


@motif("toy_blocks")
def toy_blocks(c: Canvas) -> None:
    """Paint wooden building blocks."""
    c.stand(505, 774, 250)
    for i, (x, y, name) in enumerate(((290, 590, "sun"), (500, 590, "heart"), (392, 400, "star"))):
        colour = c.accent(i)
        c.fill(
            [(x + 184, y), (x + 220, y - 30), (x + 220, y + 150), (x + 184, y + 184)],
            shade(colour, 0.4),
        )
        c.fill([(x, y), (x + 36, y - 30), (x + 220, y - 30), (x + 184, y)], tint(colour, 0.45))
        c.fill(shapes.box(x, y, 184, 184, 10), sheet(colour, 0.4))
        c.fill(shapes.box(x + 20, y + 20, 144, 144, 16), tint(colour, 0.7))
        sign(c, name, x + 92, y + 94, 50, colour)


@motif("toy_car")
def toy_car(c: Canvas) -> None:
    """Paint a wooden toy car."""
    colour = c.accent()
    c.stand(505, 768, 290)
    body = shapes.blob(
        [
            (200, 640),
            (230, 560),
            (350, 530),
            (430, 420),
            (600, 410),
            (690, 530),
            (790, 560),
            (810, 650),
            (780, 710),
            (220, 710),
        ],
        steps=8,
    )
    c.solid(body, sheet(colour, 0.55))
    for pane in (
        [(402, 530), (450, 448), (520, 444), (520, 530)],
        [(546, 530), (546, 444), (592, 446), (646, 530)],
    ):
        c.fill(shapes.rounded(pane, 14), sheet(from_hex("#cfe6ea"), 0.4))
    c.fill(shapes.ellipse(770, 606, 22, 22), from_hex("#ffe39a"))
    for x in (340, 660):
        c.solid(shapes.ellipse(x, 700, 76, 76), ball(WOOD, 0.6))
        c.fill(shapes.ellipse(x, 700, 42, 42), c.accent(1))
        c.fill(shapes.ellipse(x, 700, 13, 13), shade(WOOD, 0.5))


@motif("football")
def football(c: Canvas) -> None:
    """Paint a football."""
    ball_path = shapes.ellipse(500, 550, 222, 222)
    ink = mix(from_hex("#33363f"), c.accent(), c.vary(0, 1))
    c.stand(505, 774, 180)
    c.solid(ball_path, ball(from_hex("#fbf6ea"), 0.55))
    with c.within(ball_path):
        c.fill(shapes.rounded(shapes.star(490, 540, 74, 60, 5), 6), ink)
        for i in range(5):
            a = math.radians(-90 + i * 72)
            ex, ey = 490 + 190 * math.cos(a), 540 + 190 * math.sin(a)
            c.line([(490 + 70 * math.cos(a), 540 + 70 * math.sin(a)), (ex, ey)], 7, ink)
            c.fill(
                shapes.star(
                    490 + 218 * math.cos(a), 540 + 218 * math.sin(a), 66, 54, 5, turn=90 + i * 72
                ),
                ink,
            )
            b = math.radians(-90 + (i + 1) * 72)
            c.line(
                [
                    (490 + 168 * math.cos(a), 540 + 168 * math.sin(a)),
                    (
                        490 + 168 * math.cos((a + b) / 2) * 0.86,
                        540 + 168 * math.sin((a + b) / 2) * 0.86,
                    ),
                    (490 + 168 * math.cos(b), 540 + 168 * math.sin(b)),
                ],
                6,
                ink,
            )
        c.soft(400, 440, 110, 100, WHITE, 0.7)
        c.soft(660, 700, 200, 200, shade(ink, 0.4), 0.35)


@motif("bib")
def bib(c: Canvas) -> None:
    """Paint a baby's romper."""
    colour = c.accent()
    c.stand(505, 778, 150, 0.6)
    body = shapes.blob(
        [
            (400, 270),
            (450, 300),
            (550, 300),
            (600, 270),
            (700, 330),
            (730, 440),
            (650, 470),
            (640, 560),
            (690, 690),
            (600, 740),
            (540, 690),
            (460, 690),
            (400, 740),
            (310, 690),
            (360, 560),
            (350, 470),
            (270, 440),
            (300, 330),
        ],
        steps=8,
    )
    c.solid(body, sheet(colour, 0.45))
    with c.within(body):
        for i in range(40):
            sign(
                c,
                "star",
                270 + (i % 8) * 64 + (i // 8 % 2) * 32,
                320 + (i // 8) * 90,
                12,
                tint(colour, 0.7),
            )
    c.line(
        shapes.blob([(400, 270), (450, 312), (550, 312), (600, 270)], closed=False),
        18,
        tint(colour, 0.65),
    )
    for x in (450, 500, 550):
        c.fill(shapes.ellipse(x, 690, 9, 9), WHITE)
    sign(c, "heart", 500, 460, 52, c.accent(1))


@motif("baby_lotion")
def baby_lotion(c: Canvas) -> None:
    """Paint baby lotion or shampoo in a pump bottle."""
    pump(c, tint(c.accent(), 0.45), "heart", c.accent())


@motif("baby_cream")
def baby_cream(c: Canvas) -> None:
    """Paint a tube of baby cream."""
    tube_of(c, tint(c.accent(1), 0.72), "heart", c.accent())


@motif("wipes")
def wipes(c: Canvas) -> None:
    """Paint a packet of wet wipes."""
    colour = c.accent()
    c.stand(505, 764, 300)
    body = shapes.blob(
        [
            (190, 560),
            (300, 500),
            (700, 500),
            (810, 560),
            (820, 700),
            (740, 764),
            (260, 764),
            (180, 700),
        ],
        steps=8,
    )
    c.solid(body, sheet(colour, 0.5))
    c.solid(shapes.ellipse(500, 548, 190, 48), sheet(WHITE, 0.4))
    c.fill(shapes.ellipse(500, 546, 110, 22), shade(colour, 0.4))
    tissue = shapes.blob(
        [(410, 546), (430, 440), (480, 380), (520, 430), (580, 360), (610, 450), (590, 546)]
    )
    c.solid(tissue, sheet(WHITE, 0.5))
    sign(c, "drop", 400, 670, 44, WHITE)
    words(c, 570, 650, 170, WHITE, 2)
