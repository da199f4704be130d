"""Fruit."""

import math

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, fade, sheet
from shop.demo.pictures.colour import WHITE, from_hex, mix, shade, tint
from shop.demo.pictures.parts import STEM, leaf
from shop.demo.pictures.registry import motif

MANGO = shapes.blob(
    [
        (372, 372),
        (470, 318),
        (590, 340),
        (690, 420),
        (760, 530),
        (790, 640),
        (742, 690),
        (640, 716),
        (510, 728),
        (392, 696),
        (310, 610),
        (290, 480),
    ]
)


@motif("mango")
def mango(c: Canvas) -> None:
    """Paint a blushing mango, another behind it."""
    gold, blush = from_hex("#f2a93b"), mix(from_hex("#dd5a3a"), from_hex("#8fa33f"), c.vary(0, 0.5))
    c.stand(520, 765, 250)
    with c.place(650, 520, 0.78, 62):
        _mango_body(c, mix(gold, blush, 0.25), blush)
    with c.place(440, 545, 0.98, c.vary(-8, 10)):
        _mango_body(c, gold, blush)
        c.line([(402, 352), (372, 306)], 19, STEM, 1, 13)
        leaf(c, 384, 326, 220, 92, -24, bend=-16)


def _mango_body(c: Canvas, gold: tuple[int, int, int], blush: tuple[int, int, int]) -> None:
    c.solid(MANGO, ball(gold, 0.55))
    with c.within(MANGO):
        c.soft(470, 330, 330, 300, blush, 0.95)
        c.soft(300, 620, 200, 240, from_hex("#86a545"), 0.5)
        c.soft(420, 420, 120, 80, tint(gold, 0.8), 0.6)
        for _ in range(14):
            c.fill(
                shapes.ellipse(c.vary(330, 680), c.vary(420, 720), 4, 4, steps=8),
                tint(gold, 0.6),
                0.6,
            )


@motif("banana")
def banana(c: Canvas) -> None:
    """Paint a hand of bananas."""
    yellow = mix(from_hex("#f4c63d"), from_hex("#b9bf45"), c.vary(0, 0.35))
    c.stand(510, 748, 280)
    for turn, tone in ((-16, 0.24), (-2, 0.12), (12, 0.0)):
        body = shapes.blob(
            [
                (640, 250),
                (672, 256),
                (690, 380),
                (655, 540),
                (540, 668),
                (370, 724),
                (262, 706),
                (252, 684),
                (360, 650),
                (480, 575),
                (570, 460),
                (618, 340),
            ]
        )
        colour = shade(yellow, tone)
        path = shapes.rotate(body, turn, (655, 260))
        path = shapes.move(path, 0, 20)
        c.solid(path, sheet(colour, 0.6), rim=0.05)
        ridge = shapes.blob(
            [(652, 280), (650, 400), (600, 540), (490, 640), (330, 695)], closed=False
        )
        c.line(
            shapes.move(shapes.rotate(ridge, turn, (655, 260)), 0, 20),
            9,
            shade(colour, 0.25),
            0.55,
            4,
        )
        tip = shapes.rotate([(270, 700), (248, 698)], turn, (655, 260))
        c.line(shapes.move(tip, 0, 20), 30, from_hex("#5d4a2c"), 1, 18)
        gleam = shapes.blob([(606, 400), (560, 500), (480, 590)], closed=False)
        c.shine(shapes.move(shapes.rotate(gleam, turn, (655, 260)), -14, 14), 16, 0.4)
    c.solid(
        shapes.rounded([(628, 205), (690, 200), (706, 310), (620, 318)], 22),
        sheet(from_hex("#8d8a3a"), 0.5),
    )


@motif("pineapple")
def pineapple(c: Canvas) -> None:
    """Paint a pineapple with its crown."""
    gold = mix(from_hex("#e39b2d"), from_hex("#a9963a"), c.vary(0, 0.4))
    c.stand(505, 775, 185)
    for i, angle in enumerate((-150, -30, -132, -48, -112, -68, -90)):
        leaf(
            c,
            500,
            405,
            190 + i * 14,
            62,
            angle,
            mix(from_hex("#3f7a4a"), from_hex("#7fae55"), i / 7),
            bend=22 if angle > -90 else -22,
        )
    body = shapes.ellipse(500, 575, 190, 212)
    c.solid(body, ball(gold, 0.6))
    with c.within(body):
        for row in range(9):
            for col in range(-4, 5):
                x = 500 + col * 66 + (33 if row % 2 else 0)
                y = 385 + row * 50
                c.fill([(x, y - 40), (x + 30, y), (x, y + 40), (x - 30, y)], shade(gold, 0.22), 0.5)
                c.fill([(x, y - 30), (x + 22, y), (x, y + 30), (x - 22, y)], tint(gold, 0.16), 0.75)
                c.fill(shapes.ellipse(x, y + 2, 6, 8, steps=10), from_hex("#8a5a26"), 0.75)
        c.soft(420, 490, 150, 160, tint(gold, 0.8), 0.5)
        c.soft(640, 660, 160, 210, shade(gold, 0.8), 0.6)


@motif("watermelon")
def watermelon(c: Canvas) -> None:
    """Paint a watermelon and a slice cut from it."""
    green, red = from_hex("#3d7a48"), from_hex("#e2524b")
    c.stand(480, 760, 290)
    body = shapes.ellipse(560, 540, 235, 222)
    c.solid(body, ball(green, 0.6))
    with c.within(body):
        for i in range(-2, 4):
            x = 560 + i * 92
            wave = [
                (
                    x
                    + i * (30 if abs(t) < 60 else 0) * math.cos(math.radians(t))
                    + 8 * math.sin(t),
                    540 + 225 * math.sin(math.radians(t)),
                )
                for t in range(-90, 91, 10)
            ]
            c.line(wave, 30, from_hex("#8fba63"), 0.85, 22)
        c.soft(480, 430, 130, 110, WHITE, 0.42)
    c.shadow(400, 770, 250, 40, 0.5)
    half = shapes.rotate([*shapes.arc(350, 570, 225, 205, 0, 180)], -6, (350, 570))
    c.solid(half, sheet(green, 0.5))
    c.fill(
        shapes.rotate(shapes.arc(350, 570, 206, 186, 0, 180), -6, (350, 570)), from_hex("#eef0cf")
    )
    flesh = shapes.rotate(shapes.arc(350, 570, 190, 168, 0, 180), -6, (350, 570))
    c.fill(flesh, fade(tint(red, 0.12), shade(red, 0.16), 0.5))
    for x, y in (
        (240, 625),
        (300, 600),
        (300, 668),
        (360, 645),
        (425, 605),
        (420, 668),
        (362, 705),
        (475, 610),
    ):
        c.fill(shapes.leaf(x, y - 14, 30, 17, 90), from_hex("#3a2322"))


@motif("avocado")
def avocado(c: Canvas) -> None:
    """Paint an avocado cut in half and a whole one."""
    skin = mix(from_hex("#3e5c33"), from_hex("#55623a"), c.vary(0, 1))
    pear = [
        (0, 250),
        (70, 268),
        (112, 350),
        (168, 480),
        (196, 600),
        (160, 720),
        (80, 772),
        (0, 782),
    ]
    outline = shapes.turned(pear)
    c.stand(520, 765, 250)
    with c.place(640, 520, 0.88, 16):
        c.solid(outline, ball(skin, 0.6))
        with c.within(outline):
            c.soft(440, 470, 90, 170, tint(skin, 0.6), 0.6)
    with c.place(405, 545, 0.86, c.vary(-12, -4)):
        c.solid(outline, sheet(skin, 0.4))
        inner = shapes.turned(
            [
                (0, 276),
                (58, 292),
                (94, 362),
                (148, 488),
                (174, 602),
                (142, 706),
                (70, 752),
                (0, 760),
            ]
        )
        c.fill(inner, fade(from_hex("#bcd06a"), from_hex("#a5c057")))
        c.fill(
            shapes.turned(
                [
                    (0, 310),
                    (40, 322),
                    (72, 380),
                    (124, 500),
                    (150, 604),
                    (122, 690),
                    (60, 730),
                    (0, 736),
                ]
            ),
            fade(from_hex("#f0ebae"), from_hex("#e2e38d"), 0.4),
        )
        c.shadow(508, 622, 108, 108, 0.3)
        c.solid(shapes.ellipse(500, 606, 84, 88), ball(from_hex("#9a5f34"), 0.75))
        c.soft(470, 570, 34, 30, WHITE, 0.6)


@motif("pawpaw")
def pawpaw(c: Canvas) -> None:
    """Paint a pawpaw cut lengthwise."""
    peel, flesh = mix(from_hex("#d9a43a"), from_hex("#7f9a45"), c.vary(0, 0.8)), from_hex("#f08a4b")
    shape = shapes.turned(
        [(0, 215), (64, 236), (118, 350), (176, 500), (186, 640), (126, 752), (0, 790)]
    )
    c.stand(520, 765, 250)
    with c.place(625, 520, 0.93, 17):
        c.solid(shape, ball(peel, 0.6))
    with c.place(410, 540, 0.9, c.vary(-13, -6)):
        c.solid(shape, sheet(peel, 0.4))
        c.fill(
            shapes.turned(
                [(0, 240), (50, 258), (104, 366), (158, 506), (166, 636), (112, 736), (0, 766)]
            ),
            sheet(flesh, 0.45),
        )
        hollow = shapes.turned([(0, 380), (36, 400), (70, 500), (84, 610), (56, 690), (0, 714)])
        c.fill(hollow, sheet(shade(flesh, 0.3), 0.4))
        with c.within(hollow):
            for _i in range(46):
                px, py = 500 + c.vary(-76, 76), 400 + c.vary(0, 310)
                c.fill(shapes.ellipse(px, py, 13, 12, steps=16), from_hex("#2f2a2c"))
                c.fill(
                    shapes.ellipse(px - 4, py - 4, 4, 3, steps=8), tint(from_hex("#2f2a2c"), 0.5)
                )
