"""Things made by hand."""

import math

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, fade, sheet, tube
from shop.demo.pictures.colour import WHITE, Colour, from_hex, mix, shade, tint
from shop.demo.pictures.parts import WOOD
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
        c.soft(right - 30, (top + bottom) / 2, (right - left) * 0.34, (bottom - top) * 0.9, shade(ground, 0.9), 0.5)
        c.soft(left + (right - left) * 0.28, top + 110, 110, 150, WHITE, 0.3)


@motif("basket")
def basket(c: Canvas) -> None:
    """Paint a kiondo with leather handles."""
    c.stand(505, 776, 220)
    for dx, tone in ((20, 0.35), (0, 0.0)):
        c.line(shapes.arc(500 + dx, 440, 150, 220 - dx, 180, 360), 24, sheet(shade(from_hex("#8a5233"), tone), 0.5))
    body = shapes.blob([(270, 430), (500, 440), (730, 430), (756, 580), (700, 740), (500, 780), (300, 740), (244, 580)])
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
            c.line([(x + r * 0.1 * math.cos(a), y + r * 0.1 * math.sin(a)), (x + r * math.cos(a), y + r * math.sin(a))], 3, shade(SISAL, 0.7), 0.2)


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
                hue = c.accent(row + k) if i // 4 % 2 else (WHITE if row == 1 else c.accent(row + k + 1))
                c.fill(shapes.ellipse(*spot, 16, 16, steps=20), shade(hue, 0.3))
                c.fill(shapes.ellipse(spot[0] - 2, spot[1] - 2, 13, 13, steps=20), hue)
                c.fill(shapes.ellipse(spot[0] - 5, spot[1] - 5, 4, 4, steps=10), tint(hue, 0.7))


@motif("necklace")
def necklace(c: Canvas) -> None:
    """Paint a beaded collar on a stand."""
    c.stand(505, 776, 190)
    bust = shapes.turned([(60, 190), (58, 300), (110, 360), (220, 430), (240, 560), (190, 700), (140, 776)])
    c.solid(bust, tube(from_hex("#4a3a3c"), 0.6))
    for ring in range(8):
        rx, ry, y = 96 + ring * 19, 56 + ring * 26, 330 + ring * 5
        hue = c.accent(ring) if ring % 2 == 0 else mix(c.accent(ring), WHITE, 0.25)
        path = shapes.arc(500, y, rx, ry, 4, 176)
        c.line(path, 23, shade(hue, 0.14))
        c.line(shapes.move(path, -1, -4), 9, tint(hue, 0.5), 0.8)
    c.solid(shapes.ellipse(500, 620, 26, 32), ball(from_hex("#e0b04a"), 0.6))


@motif("wooden_bowl")
def wooden_bowl(c: Canvas) -> None:
    """Paint a carved bowl with fruit."""
    wood = mix(WOOD, from_hex("#6f4630"), c.vary(0, 1))
    c.stand(505, 774, 240)
    for x, y, r, hue in ((400, 500, 84, "#e07a36"), (590, 490, 90, "#7fa843"), (495, 450, 86, "#d1473a")):
        c.solid(shapes.ellipse(x, y, r, r), ball(from_hex(hue), 0.6))
    body = shapes.blob([(210, 530), (500, 548), (790, 530), (740, 660), (620, 756), (500, 772), (380, 756), (260, 660)])
    c.solid(body, tube(wood, 0.65))
    with c.within(body):
        for i in range(6):
            c.line(shapes.blob([(220, 570 + i * 34), (420, 604 + i * 34), (600, 596 + i * 34), (790, 566 + i * 34)], closed=False), 5, shade(wood, 0.35), 0.45)
        for i in range(12):
            c.fill([(230 + i * 50, 590), (255 + i * 50, 556), (280 + i * 50, 590)], tint(wood, 0.55), 0.8)
    c.fill([*shapes.arc(500, 533, 292, 28, 0, 180), *shapes.arc(500, 524, 292, 22, 180, 0)], tint(wood, 0.3))


@motif("drum")
def drum(c: Canvas) -> None:
    """Paint a laced drum."""
    wood = mix(from_hex("#a55a34"), c.accent(), 0.4)
    c.stand(505, 776, 180)
    body = shapes.turned([(200, 380), (186, 500), (130, 640), (146, 778)])
    c.solid(body, tube(wood, 0.65))
    with c.within(body):
        for i in range(9):
            x = 320 + i * 45
            c.line([(x, 400), (x + 22, 560), (x + 45, 400)], 7, from_hex("#f0dfbc"))
        c.fill(shapes.box(280, 566, 440, 28), c.accent(1))
        for i in range(12):
            c.fill([(300 + i * 40, 690), (320 + i * 40, 650), (340 + i * 40, 690)], tint(c.accent(2), 0.3))
    c.fill(shapes.ellipse(500, 384, 206, 56), shade(from_hex("#e9d4ab"), 0.4))
    c.fill(shapes.ellipse(500, 372, 206, 56), fade(from_hex("#fbefd2"), from_hex("#e2c797"), 0.5))
    c.fill(shapes.ellipse(500, 374, 120, 30), from_hex("#d9b983"), 0.5)


@motif("carving")
def carving(c: Canvas) -> None:
    """Paint a carved giraffe."""
    wood = mix(from_hex("#b9773f"), from_hex("#7a4a30"), c.vary(0, 1))
    c.stand(480, 776, 190)
    body = shapes.blob([(330, 540), (430, 510), (520, 480), (570, 300), (580, 240), (640, 216), (724, 262), (716, 292), (650, 300), (620, 420), (596, 560), (560, 600), (360, 610)], steps=8)
    for x in (352, 400, 530, 572):
        c.line([(x, 580), (x - 4, 768)], 36, tube(shade(wood, 0.12), 0.6), 1, 26)
    c.line(shapes.blob([(336, 550), (304, 610), (310, 670)], closed=False), 13, shade(wood, 0.3))
    c.solid(body, ball(wood, 0.6), rim=0.02)
    for x in (606, 636):
        c.line([(x, 226), (x - 4, 186)], 11, shade(wood, 0.3))
    with c.within(body):
        for x, y in ((400, 560), (470, 540), (540, 540), (560, 460), (590, 400), (588, 330), (440, 590), (510, 590), (620, 280), (360, 580), (560, 580), (610, 350)):
            c.fill(shapes.blob([(x - 19, y), (x, y - 17), (x + 19, y - 3), (x + 9, y + 18), (x - 13, y + 15)]), shade(wood, 0.45), 0.8)
    c.fill(shapes.ellipse(660, 250, 7, 7), from_hex("#2c2022"))
    c.solid(shapes.box(300, 756, 340, 24, 10), tube(shade(wood, 0.4), 0.5))


@motif("candle")
def candle(c: Canvas) -> None:
    """Paint beeswax candles."""
    c.soft(490, 330, 330, 300, from_hex("#ffe9a8"), 0.8)
    c.stand(505, 774, 190)
    for x, top, half, hue in ((600, 460, 74, c.accent()), (420, 360, 84, from_hex("#e9bf6a"))):
        c.solid([*shapes.arc(x, 756, half, 20, 0, 180), (x - half, top), (x + half, top)], tube(hue, 0.5))
        c.fill(shapes.ellipse(x, top, half, 20), tint(hue, 0.5))
        c.line([(x, top), (x, top - 34)], 7, from_hex("#4a3434"))
        c.soft(x, top - 70, 90, 110, from_hex("#ffd25a"), 0.8)
        c.fill(shapes.blob([(x, top - 130), (x + 26, top - 70), (x, top - 24), (x - 26, top - 70)]), from_hex("#f9a72f"))
        c.fill(shapes.blob([(x, top - 96), (x + 13, top - 62), (x, top - 34), (x - 13, top - 62)]), from_hex("#fff3c0"))


@motif("pottery")
def pottery(c: Canvas) -> None:
    """Paint a clay water pot with a painted band."""
    clay = mix(from_hex("#b8623c"), c.accent(), c.vary(0, 0.4))
    c.stand(505, 774, 190)
    body = shapes.turned([(92, 250), (78, 300), (150, 380), (226, 520), (214, 660), (130, 770)])
    c.solid(body, ball(clay, 0.65))
    with c.within(body):
        c.fill(shapes.box(260, 480, 480, 96), tint(clay, 0.6))
        for i in range(12):
            c.fill([(270 + i * 44, 570), (292 + i * 44, 490), (314 + i * 44, 570)], c.accent(i % 2 + 1))
        for y in (462, 588):
            c.fill(shapes.box(260, y, 480, 12), shade(clay, 0.6))
        c.soft(390, 480, 70, 150, WHITE, 0.35)
        c.soft(700, 600, 130, 260, shade(clay, 0.9), 0.55)
    c.fill(shapes.ellipse(500, 252, 96, 22), tint(clay, 0.3))
    c.fill(shapes.ellipse(500, 254, 78, 15), shade(clay, 0.7))
