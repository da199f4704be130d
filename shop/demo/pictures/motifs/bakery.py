"""Bread, cakes and eggs."""

import math

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, fade, sheet, tube
from shop.demo.pictures.colour import WHITE, Colour, from_hex, mix, shade, tint
from shop.demo.pictures.parts import WOOD, leaf
from shop.demo.pictures.registry import motif

CRUST: Colour = from_hex("#c9803c")
CRUMB: Colour = from_hex("#f6e2b8")


def _board(c: Canvas, y: float = 748, half: float = 290) -> None:
    c.stand(505, y + 26, half)
    c.solid(shapes.box(500 - half, y, half * 2, 32, 15), sheet(WOOD, 0.5))
    c.fill(shapes.ellipse(500, y + 2, half - 8, 14), tint(WOOD, 0.22))


@motif("bread_loaf")
def bread_loaf(c: Canvas) -> None:
    """Paint a tin loaf with two slices cut off."""
    crust = mix(CRUST, from_hex("#8f5a34"), c.rng.choice((0.0, 0.0, 0.8)))
    _board(c)
    body = shapes.blob([(340, 480), (400, 395), (560, 380), (700, 400), (748, 480), (742, 600), (740, 748), (540, 752), (345, 748), (350, 600)], steps=8)
    c.solid(body, sheet(crust, 0.7))
    with c.within(body):
        for x in (470, 570, 670):
            c.line(shapes.blob([(x - 34, 470), (x + 4, 420), (x + 46, 395)], closed=False), 22, tint(crust, 0.55), 0.6, 8)
    for x, tone in ((372, 0.12), (312, 0.0)):
        slice_ = shapes.blob([(x - 100, 500), (x - 86, 420), (x, 396), (x + 86, 420), (x + 100, 500), (x + 82, 570), (x + 84, 742), (x, 750), (x - 84, 742), (x - 82, 570)], steps=8)
        c.solid(slice_, shade(crust, tone))
        inner = [(x + (px - x) * 0.87, 580 + (py - 580) * 0.9) for px, py in slice_]
        c.fill(inner, sheet(shade(CRUMB, tone * 0.6), 0.3))
        for _ in range(18):
            c.fill(shapes.ellipse(x + c.vary(-64, 64), c.vary(450, 715), 6, 4, c.vary(0, 90), steps=10), shade(CRUMB, 0.25), 0.5)


@motif("baguette")
def baguette(c: Canvas) -> None:
    """Paint long crusty rolls in a pile."""
    _board(c)
    for x, y, turn in ((540, 560, -20.0), (500, 640, -6.0), (470, 702, 5.0)):
        with c.place(x, y, 1, turn):
            body = shapes.blob([(200, 505), (290, 448), (500, 430), (710, 448), (800, 500), (710, 550), (500, 566), (290, 554)])
            c.solid(body, sheet(CRUST, 0.7), rim=0.1)
            for i in range(5):
                c.fill(shapes.leaf(290 + i * 92, 470, 120, 30, 28), tint(CRUST, 0.6), 0.9)


@motif("buns")
def buns(c: Canvas) -> None:
    """Paint soft round buns."""
    _board(c)
    for x, y, r in ((600, 560, 112), (415, 555, 116), (680, 672, 118), (325, 670, 120), (505, 660, 132)):
        body = shapes.blob([(x - r, y + r * 0.3), (x - r * 0.76, y - r * 0.5), (x, y - r * 0.82), (x + r * 0.76, y - r * 0.5), (x + r, y + r * 0.3), (x + r * 0.7, y + r * 0.7), (x - r * 0.7, y + r * 0.7)])
        c.solid(body, ball(from_hex("#d9923f"), 0.65))
        c.soft(x - r * 0.3, y - r * 0.4, r * 0.5, r * 0.34, tint(from_hex("#d9923f"), 0.9), 0.55)
        for _ in range(12):
            c.fill(shapes.ellipse(x + c.vary(-0.5, 0.5) * r, y - c.vary(0.1, 0.68) * r, 8, 5, c.vary(0, 180), steps=10), CRUMB)


@motif("chapati")
def chapati(c: Canvas) -> None:
    """Paint a stack of chapatis on a plate."""
    c.stand(505, 766, 320)
    c.solid(shapes.ellipse(500, 722, 330, 62), tube(c.accent(1), 0.5))
    c.fill(shapes.ellipse(500, 708, 312, 52), tint(c.accent(1), 0.6))
    for i in range(7):
        y = 690 - i * 27
        x = 500 + c.vary(-12, 12)
        c.fill(shapes.ellipse(x, y + 16, 262, 74), shade(from_hex("#d8a766"), 0.35))
        c.fill(shapes.ellipse(x, y, 262, 74), fade(from_hex("#f1d6a0"), from_hex("#d9aa66"), 0.5))
    top = shapes.ellipse(500, 528, 260, 73)
    with c.within(top):
        for _ in range(26):
            a, reach = c.vary(0, 6.28), c.vary(0.1, 0.92)
            c.soft(500 + 250 * reach * math.cos(a), 528 + 68 * reach * math.sin(a), c.vary(16, 48), c.vary(8, 18), from_hex("#9a5a2c"), 0.7)
    fold = shapes.blob([(400, 470), (560, 430), (690, 476), (672, 530), (540, 540), (420, 520)])
    c.solid(fold, sheet(from_hex("#eccb8e"), 0.5))
    for x, y in ((480, 482), (560, 470), (610, 500), (520, 512)):
        c.soft(x, y, 34, 16, from_hex("#9a5a2c"), 0.7)


@motif("mandazi")
def mandazi(c: Canvas) -> None:
    """Paint a basket cloth full of mandazi."""
    gold = from_hex("#c47b33")
    c.stand(505, 766, 290)
    for x, y, turn in ((415, 560, -10.0), (590, 555, 24.0), (500, 500, 4.0), (350, 610, -24.0), (650, 610, 26.0), (500, 610, 8.0)):
        with c.place(x, y, 0.52, turn):
            puff = shapes.rounded([(500, 270), (770, 690), (230, 690)], 90)
            c.solid(puff, ball(gold, 0.75))
            c.soft(440, 480, 110, 110, tint(gold, 0.75), 0.6)
    bowl = shapes.rounded([(205, 650), (795, 650), (690, 772), (310, 772)], [10, 10, 60, 60])
    c.solid(bowl, tube(c.accent(1), 0.55))
    with c.within(bowl):
        for i in range(12):
            c.fill(shapes.star(226 + i * 50, 712, 20, 8, 4), CRUMB, 0.85)
    c.fill(shapes.box(200, 640, 600, 24, 12), tint(c.accent(1), 0.3))


@motif("cupcake")
def cupcake(c: Canvas) -> None:
    """Paint a cupcake with a swirl."""
    cream, cup = mix(from_hex("#f7ead8"), c.accent(2), c.vary(0.1, 0.35)), c.accent(0)
    c.stand(505, 772, 165)
    wrap = shapes.rounded([(318, 560), (682, 560), (626, 776), (374, 776)], [10, 10, 26, 26])
    c.solid(wrap, tube(cup, 0.5))
    with c.within(wrap):
        for i in range(9):
            x = 330 + i * 44
            c.fill([(x, 550), (x + 20, 550), (500 + (x + 14 - 500) * 0.72, 790), (500 + (x - 500) * 0.72, 790)], tint(cup, 0.4), 0.45)
    for half, y, high in ((206, 530, 64), (160, 450, 60), (112, 378, 52), (60, 316, 44)):
        swirl = shapes.blob([(500 - half, y), (500 - half * 0.7, y - high * 0.7), (500 + half * 0.3, y - high), (500 + half, y - high * 0.2), (500 + half * 0.85, y + high * 0.6), (500, y + high * 0.72), (500 - half * 0.85, y + high * 0.6)])
        c.solid(swirl, ball(cream, 0.4))
    c.solid(shapes.ellipse(504, 262, 36, 35), ball(from_hex("#c9333a"), 0.6))
    for _ in range(16):
        x, y = 500 + c.vary(-130, 130), c.vary(380, 540)
        c.line([(x, y), (x + c.vary(-14, 14), y + 12)], 9, c.accent(c.rng.randrange(4)))


@motif("cake")
def cake(c: Canvas) -> None:
    """Paint a layered cake on a stand."""
    sponge, icing = mix(from_hex("#e8b86a"), from_hex("#7a4630"), c.rng.choice((0.0, 0.9))), from_hex("#fbeedd")
    c.stand(505, 776, 180)
    c.solid([(460, 690), (540, 690), (580, 776), (420, 776)], tube(from_hex("#d9e0df"), 0.6))
    c.solid(shapes.ellipse(500, 690, 310, 30), tube(from_hex("#e8ecea"), 0.5))
    body = [*shapes.arc(500, 660, 240, 34, 0, 180), (260, 430), (740, 430)]
    c.solid(body, tube(sponge, 0.5))
    for y in (520, 600):
        c.fill([*shapes.arc(500, y, 240, 34, 180, 0), *shapes.arc(500, y + 26, 240, 34, 0, 180)], tube(icing, 0.4))
    drip = [(258, 430)]
    for i in range(13):
        drip.append((258 + i * 40.4, 470 + (34 if i % 2 else 76) * (0.7 + 0.3 * math.sin(i))))
    c.solid(shapes.blob([*drip, (742, 430), (600, 402), (400, 402)]), tube(icing, 0.4))
    c.fill(shapes.ellipse(500, 430, 241, 40), tint(icing, 0.4))
    for i in range(6):
        x, y = 500 + 170 * math.cos(i * 1.05), 424 + 22 * math.sin(i * 1.05)
        c.solid(shapes.ellipse(x, y - 18, 32, 32), ball(from_hex("#cf3a3f"), 0.6))
    leaf(c, 500, 420, 90, 44, -60)


@motif("cookies")
def cookies(c: Canvas) -> None:
    """Paint a stack of biscuits."""
    dough = from_hex("#d19a57")
    c.stand(505, 770, 210)
    for i in range(5):
        y, x = 736 - i * 50, 500 + c.vary(-16, 16)
        c.fill(shapes.ellipse(x, y + 22, 190, 52), shade(dough, 0.45))
        c.fill(shapes.ellipse(x, y, 190, 52), sheet(dough, 0.5))
        for k in range(9):
            c.fill(shapes.ellipse(x + c.vary(-150, 150), y + c.vary(-26, 26), 17, 9, steps=16), from_hex("#5a3326"))
    with c.place(660, 620, 0.74, 14):
        c.solid(shapes.ellipse(500, 500, 200, 196), ball(dough, 0.55))
        for k in range(12):
            a, r = k * 2.4, 40 + (k % 4) * 42
            c.fill(shapes.ellipse(500 + r * math.cos(a), 500 + r * math.sin(a), 23, 20, k * 30), from_hex("#5a3326"))


@motif("eggs_tray")
def eggs_tray(c: Canvas) -> None:
    """Paint a tray of brown eggs."""
    c.stand(505, 766, 330)
    for row, y in enumerate((520, 588, 660)):
        for i in range(5 + (row > 0)):
            k = 0.84 + row * 0.1
            x = 500 + (i - (4 + (row > 0)) / 2) * 112 * k
            shell = mix(from_hex("#d9a273"), from_hex("#f3dfc4"), c.vary(0, 1) ** 2)
            egg = shapes.turned([(0, y - 84 * k), (34 * k, y - 66 * k), (56 * k, y), (44 * k, y + 50 * k), (0, y + 66 * k)], axis=x)
            c.solid(egg, ball(shell, 0.6))
            c.soft(x - 16 * k, y - 30 * k, 20 * k, 24 * k, WHITE, 0.6)
    paper = from_hex("#b7a999")
    front = shapes.blob([(170, 690), (226, 676), (282, 702), (338, 676), (394, 702), (450, 676), (506, 702), (562, 676), (618, 702), (674, 676), (730, 702), (786, 676), (830, 690), (800, 772), (200, 772)], steps=6)
    c.solid(front, fade(tint(paper, 0.2), shade(paper, 0.25)))


@motif("cheese")
def cheese(c: Canvas) -> None:
    """Paint a wedge of cheese."""
    gold = from_hex("#f0bb45")
    c.stand(510, 762, 290)
    c.fill([(230, 560), (600, 400), (780, 540), (780, 560)], tint(gold, 0.35))
    c.fill([(230, 556), (780, 548), (780, 742), (230, 760)], sheet(gold, 0.5))
    c.fill([(600, 400), (780, 540), (780, 556), (230, 562), (230, 552)], tint(gold, 0.42))
    for x, y, r in ((340, 640, 40), (470, 690, 30), (560, 620, 48), (690, 690, 38), (690, 600, 24)):
        c.fill(shapes.ellipse(x, y, r, r * 0.92), shade(gold, 0.3))
        c.fill(shapes.ellipse(x + 5, y + 5, r * 0.84, r * 0.78), shade(gold, 0.14))
    for x, y in ((540, 470), (640, 500)):
        c.fill(shapes.ellipse(x, y, 36, 13), shade(gold, 0.14))
