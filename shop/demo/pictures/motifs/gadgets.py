"""Phones and electronics."""

import math

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, fade, sheet, tube
from shop.demo.pictures.colour import WHITE, Colour, from_hex, mix, shade, tint
from shop.demo.pictures.parts import STEEL, WOOD
from shop.demo.pictures.registry import motif

DARK: Colour = from_hex("#33363f")


@motif("phone")
def phone(c: Canvas) -> None:
    """Paint a smartphone, front and back."""
    colour = c.accent()
    c.stand(510, 776, 190)
    with c.place(610, 500, 0.94, 9):
        c.solid(shapes.box(370, 200, 270, 570, 46), sheet(colour, 0.6))
        c.fill(shapes.box(396, 228, 92, 150, 30), shade(colour, 0.25))
        for y in (268, 336):
            c.fill(shapes.ellipse(442, y, 28, 28), DARK)
            c.fill(shapes.ellipse(436, y - 6, 9, 9), WHITE, 0.7)
    with c.place(430, 500, 1.0, -4):
        c.shadow(530, 520, 190, 330, 0.35)
        c.solid(shapes.box(360, 200, 280, 580, 48), DARK)
        screen = shapes.box(374, 214, 252, 552, 38)
        c.fill(screen, fade(mix(c.accent(1), WHITE, 0.35), c.accent(2), 0.4))
        with c.within(screen):
            c.fill(shapes.ellipse(500, 330, 70, 70), WHITE, 0.8)
            c.fill(
                shapes.blob(
                    [
                        (360, 640),
                        (440, 540),
                        (520, 620),
                        (600, 530),
                        (660, 600),
                        (660, 800),
                        (360, 800),
                    ]
                ),
                shade(c.accent(2), 0.4),
                0.75,
            )
            for i in range(4):
                c.fill(shapes.box(396 + i * 55, 690, 42, 42, 12), WHITE, 0.85)
        c.fill(shapes.ellipse(500, 236, 9, 9), DARK)


@motif("feature_phone")
def feature_phone(c: Canvas) -> None:
    """Paint a small phone with keys."""
    colour = mix(c.accent(), DARK, c.rng.choice((0.0, 0.75)))
    c.stand(505, 776, 140)
    c.solid(shapes.box(366, 215, 268, 562, 60), sheet(colour, 0.6))
    c.fill(shapes.box(394, 256, 212, 186, 18), DARK)
    c.fill(shapes.box(406, 268, 188, 162, 10), fade(from_hex("#bfe3e0"), from_hex("#6fb3c4"), 0.4))
    c.fill(shapes.box(424, 290, 100, 16, 8), WHITE, 0.9)
    c.fill(shapes.box(424, 322, 140, 12, 6), WHITE, 0.6)
    c.fill(shapes.ellipse(500, 492, 40, 34), tint(colour, 0.45))
    for x in (416, 540):
        c.fill(shapes.box(x, 476, 44, 32, 12), tint(colour, 0.3))
    for row in range(4):
        for col in range(3):
            c.fill(shapes.box(398 + col * 72, 546 + row * 54, 60, 40, 14), tint(colour, 0.72))
            c.fill(shapes.ellipse(428 + col * 72, 566 + row * 54, 6, 6), DARK, 0.7)


@motif("headphones")
def headphones(c: Canvas) -> None:
    """Paint headphones."""
    colour = c.accent()
    c.stand(505, 772, 240)
    c.line(shapes.arc(500, 540, 226, 290, 186, 354), 44, sheet(DARK, 0.6))
    c.line(shapes.arc(500, 540, 226, 290, 215, 325), 56, sheet(colour, 0.5))
    for side in (-1, 1):
        x = 500 + side * 222
        c.solid(shapes.box(x - 44 - side * 34, 530, 88, 220, 44), sheet(DARK, 0.6))
        c.solid(shapes.box(x - 52 + side * 14, 510, 104, 260, 52), tube(colour, 0.6))
        c.fill(shapes.ellipse(x + side * 14, 640, 28, 66), tint(colour, 0.35), 0.8)


@motif("earphones")
def earphones(c: Canvas) -> None:
    """Paint wireless earbuds in their case."""
    colour = mix(c.accent(), WHITE, 0.15)
    c.stand(505, 768, 220)
    c.solid(shapes.box(280, 360, 440, 220, 90), sheet(shade(colour, 0.12), 0.5))
    c.fill(shapes.box(304, 382, 392, 180, 72), shade(colour, 0.45))
    for x, side in ((410, -1), (590, 1)):
        c.line([(x, 500), (x + side * 6, 640)], 46, tube(WHITE, 0.4))
        c.solid(shapes.ellipse(x + side * 20, 478, 72, 56, side * 28), ball(WHITE, 0.5))
        c.fill(shapes.ellipse(x - side * 34, 456, 14, 24, side * -24), shade(colour, 0.3))
        c.fill(shapes.box(x + side * 2 - 7, 590, 14, 40, 7), shade(colour, 0.1))
    c.solid(
        shapes.rounded([(266, 580), (734, 580), (720, 770), (280, 770)], [20, 20, 88, 88]),
        sheet(colour, 0.6),
    )
    c.fill(shapes.ellipse(500, 660, 11, 11), from_hex("#8fe39a"))
    c.soft(350, 650, 40, 60, WHITE, 0.5)


@motif("radio")
def radio(c: Canvas) -> None:
    """Paint a portable radio."""
    colour = c.accent()
    c.stand(505, 774, 290)
    c.line([(690, 420), (800, 170)], 11, STEEL)
    c.fill(shapes.ellipse(800, 170, 14, 14), STEEL)
    c.line([(300, 430), (310, 340), (680, 340), (690, 430)], 26, shade(colour, 0.35))
    c.solid(shapes.box(200, 420, 600, 354, 50), sheet(colour, 0.55))
    c.fill(shapes.box(226, 446, 548, 302, 34), tint(colour, 0.72))
    c.fill(shapes.ellipse(372, 600, 128, 128), shade(colour, 0.2))
    c.fill(shapes.ellipse(370, 597, 112, 112), fade(tint(DARK, 0.25), DARK))
    for ring in (90, 64, 38):
        for i in range(ring // 5):
            a = math.tau * i / (ring // 5)
            c.fill(
                shapes.ellipse(370 + ring * math.cos(a), 597 + ring * math.sin(a), 7, 7, steps=10),
                tint(DARK, 0.45),
            )
    c.fill(shapes.box(530, 480, 216, 88, 14), from_hex("#f7e2a4"))
    for i in range(9):
        c.line([(548 + i * 22, 500), (548 + i * 22, 520 + (12 if i % 4 == 0 else 0))], 4, DARK, 0.8)
    c.line([(622, 494), (622, 556)], 6, from_hex("#d8442f"))
    for x in (580, 694):
        c.solid(shapes.ellipse(x, 660, 50, 50), ball(colour, 0.6))
        c.line([(x, 656), (x + 14, 626)], 8, WHITE)


@motif("speaker")
def speaker(c: Canvas) -> None:
    """Paint a wireless speaker."""
    colour = c.accent()
    c.stand(505, 774, 180)
    body = shapes.box(330, 270, 340, 506, 90)
    c.solid(body, tube(colour, 0.65))
    with c.within(body):
        for row in range(26):
            for col in range(16):
                c.fill(
                    shapes.ellipse(
                        336 + col * 22 + (row % 2) * 11, 330 + row * 18, 4.5, 4.5, steps=8
                    ),
                    shade(colour, 0.5),
                    0.6,
                )
        c.fill(shapes.box(320, 260, 360, 70), shade(colour, 0.3))
    c.fill(shapes.ellipse(500, 540, 112, 112), shade(colour, 0.35))
    c.fill(shapes.ellipse(497, 537, 92, 92), fade(tint(DARK, 0.2), DARK))
    c.solid(shapes.ellipse(500, 540, 44, 44), ball(tint(DARK, 0.15), 0.6))
    c.shine([(364, 380), (362, 600)], 16, 0.4)


@motif("charger_cable")
def charger_cable(c: Canvas) -> None:
    """Paint a coiled charging cable with its plug."""
    colour = c.accent()
    c.stand(490, 765, 240)
    for i, (rx, ry) in enumerate(((210, 176), (190, 158), (170, 140))):
        c.line(shapes.arc(440, 580, rx, ry, 0, 360), 21, shade(colour, 0.1 * i))
        c.line(shapes.arc(440, 577, rx, ry, 180, 300), 6, tint(colour, 0.6), 0.7)
    c.line(shapes.blob([(620, 500), (690, 420), (650, 340), (690, 300)], closed=False), 21, colour)
    c.line(shapes.blob([(460, 755), (620, 770), (720, 720), (740, 690)], closed=False), 21, colour)
    with c.place(700, 270, 0.9, 24):
        c.solid(shapes.box(452, 440, 96, 120, 22), sheet(WHITE, 0.4))
        c.fill(shapes.box(470, 372, 60, 72, 6), STEEL)
    with c.place(752, 640, 0.9, 14):
        c.solid(shapes.box(458, 460, 84, 110, 20), sheet(WHITE, 0.4))
        c.fill(shapes.box(474, 410, 52, 54, 18), STEEL)
    c.line([(300, 520), (300, 660)], 40, DARK)


@motif("charger")
def charger(c: Canvas) -> None:
    """Paint a wall charger."""
    body = mix(from_hex("#f6f1ea"), c.accent(), c.rng.choice((0.0, 0.85)))
    c.stand(480, 772, 190)
    for x in (410, 480, 550):
        c.solid(shapes.box(x - 15, 250, 30, 120, 6), tube(STEEL, 0.7))
    c.solid(shapes.box(320, 350, 320, 424, 64), sheet(body, 0.6))
    for y in (640, 700):
        c.fill(shapes.box(410, y, 140, 34, 10), DARK)
        c.fill(shapes.box(424, y + 18, 112, 9), tint(DARK, 0.5))
    c.fill(
        [(496, 420), (430, 530), (476, 530), (458, 606), (530, 490), (484, 490), (512, 420)],
        c.accent(1),
    )
    c.shine([(350, 430), (350, 600)], 18, 0.6)


@motif("phone_case")
def phone_case(c: Canvas) -> None:
    """Paint a patterned phone case."""
    colour = c.accent()
    c.stand(505, 776, 150)
    body = shapes.box(354, 210, 292, 568, 58)
    c.solid(body, sheet(colour, 0.5))
    with c.within(body):
        for row in range(8):
            for col in range(5):
                x, y = 370 + col * 68 + (row % 2) * 34, 240 + row * 76
                c.fill(shapes.ellipse(x, y, 30, 30), c.accent(1 + (row + col) % 3), 0.9)
                c.fill(shapes.ellipse(x, y, 14, 14), WHITE, 0.85)
    c.fill(shapes.box(380, 240, 96, 150, 34), shade(colour, 0.3))
    c.fill(shapes.box(390, 250, 76, 130, 26), DARK)
    for y in (286, 344):
        c.fill(shapes.ellipse(428, y, 25, 25), tint(DARK, 0.2))
        c.fill(shapes.ellipse(422, y - 6, 8, 8), WHITE, 0.8)


@motif("memory_card")
def memory_card(c: Canvas) -> None:
    """Paint a flash drive and a memory card."""
    colour = c.accent()
    c.stand(505, 768, 220)
    with c.place(590, 510, 1.0, 16):
        c.solid(shapes.box(440, 240, 120, 120, 10), tube(STEEL, 0.7))
        for x in (470, 514):
            c.fill(shapes.box(x, 276, 22, 22, 3), DARK)
        c.solid(shapes.box(414, 350, 172, 390, 40), sheet(colour, 0.6))
        c.fill(shapes.ellipse(500, 680, 26, 26), shade(colour, 0.6))
        c.shine([(442, 410), (442, 560)], 14, 0.6)
    with c.place(370, 590, 0.86, -10):
        c.solid(
            shapes.rounded([(380, 330), (560, 330), (620, 400), (620, 690), (380, 690)], 18),
            sheet(DARK, 0.6),
        )
        for i in range(6):
            c.fill(shapes.box(400 + i * 27, 346, 17, 60, 4), from_hex("#e3b45a"))
        c.fill(shapes.box(410, 470, 180, 150, 14), c.accent(1))


@motif("television")
def television(c: Canvas) -> None:
    """Paint a television on a sideboard."""
    c.stand(505, 772, 310)
    c.solid(shapes.box(210, 690, 590, 84, 14), sheet(WOOD, 0.5))
    for x in (290, 680):
        c.line([(x + 20, 650), (x, 692)], 18, DARK)
    c.solid(shapes.box(170, 270, 660, 384, 20), DARK)
    screen = shapes.box(186, 286, 628, 350, 8)
    c.fill(screen, fade(mix(c.accent(3), WHITE, 0.5), mix(c.accent(2), WHITE, 0.3), 0.2))
    with c.within(screen):
        c.fill(shapes.ellipse(640, 410, 66, 66), from_hex("#ffe7a8"))
        c.fill(
            shapes.blob(
                [(160, 560), (320, 470), (480, 545), (640, 480), (850, 560), (850, 700), (160, 700)]
            ),
            shade(c.accent(1), 0.1),
            0.9,
        )
        c.fill(
            shapes.blob([(160, 620), (400, 560), (650, 610), (850, 580), (850, 700), (160, 700)]),
            shade(c.accent(1), 0.5),
            0.9,
        )
        c.fill([(186, 286), (420, 286), (250, 636), (186, 636)], WHITE, 0.12)


@motif("fan")
def fan(c: Canvas) -> None:
    """Paint a desk fan."""
    colour = c.accent()
    c.stand(505, 776, 150)
    c.solid(shapes.rounded([(380, 740), (620, 740), (650, 778), (350, 778)], 18), tube(colour, 0.5))
    c.line([(500, 560), (500, 744)], 44, tube(colour, 0.5))
    c.fill(shapes.ellipse(500, 440, 232, 232), WHITE, 0.55)
    for i in range(4):
        a = math.radians(i * 90 + 20)
        c.solid(
            shapes.ellipse(500 + 100 * math.cos(a), 440 + 100 * math.sin(a), 112, 64, i * 90 + 44),
            ball(tint(colour, 0.2), 0.5),
        )
    for r in (232, 180, 128):
        c.line(shapes.arc(500, 440, r, r, 0, 360), 7 if r < 230 else 16, shade(STEEL, 0.2), 0.9)
    for i in range(20):
        a = math.radians(i * 18)
        c.line(
            [
                (500 + 60 * math.cos(a), 440 + 60 * math.sin(a)),
                (500 + 232 * math.cos(a), 440 + 232 * math.sin(a)),
            ],
            4,
            shade(STEEL, 0.2),
            0.7,
        )
    c.solid(shapes.ellipse(500, 440, 62, 62), ball(colour, 0.6))
