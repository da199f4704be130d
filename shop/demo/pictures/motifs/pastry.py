"""Chapati, mandazi and cakes."""

import math

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, fade, sheet, tube
from shop.demo.pictures.colour import Colour, from_hex, mix, shade, tint
from shop.demo.pictures.parts import leaf
from shop.demo.pictures.registry import motif

CRUMB: Colour = from_hex("#f6e2b8")


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
            c.soft(
                500 + 250 * reach * math.cos(a),
                528 + 68 * reach * math.sin(a),
                c.vary(16, 48),
                c.vary(8, 18),
                from_hex("#9a5a2c"),
                0.7,
            )
    fold = shapes.blob([(400, 470), (560, 430), (690, 476), (672, 530), (540, 540), (420, 520)])
    c.solid(fold, sheet(from_hex("#eccb8e"), 0.5))
    for x, y in ((480, 482), (560, 470), (610, 500), (520, 512)):
        c.soft(x, y, 34, 16, from_hex("#9a5a2c"), 0.7)


@motif("mandazi")
def mandazi(c: Canvas) -> None:
    """Paint a basket cloth full of mandazi."""
    gold = from_hex("#c47b33")
    c.stand(505, 766, 290)
    for x, y, turn in (
        (415, 560, -10.0),
        (590, 555, 24.0),
        (500, 500, 4.0),
        (350, 610, -24.0),
        (650, 610, 26.0),
        (500, 610, 8.0),
    ):
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
            c.fill(
                [
                    (x, 550),
                    (x + 20, 550),
                    (500 + (x + 14 - 500) * 0.72, 790),
                    (500 + (x - 500) * 0.72, 790),
                ],
                tint(cup, 0.4),
                0.45,
            )
    for half, y, high in ((206, 530, 64), (160, 450, 60), (112, 378, 52), (60, 316, 44)):
        swirl = shapes.blob(
            [
                (500 - half, y),
                (500 - half * 0.7, y - high * 0.7),
                (500 + half * 0.3, y - high),
                (500 + half, y - high * 0.2),
                (500 + half * 0.85, y + high * 0.6),
                (500, y + high * 0.72),
                (500 - half * 0.85, y + high * 0.6),
            ]
        )
        c.solid(swirl, ball(cream, 0.4))
    c.solid(shapes.ellipse(504, 262, 36, 35), ball(from_hex("#c9333a"), 0.6))
    for _ in range(16):
        left, top = 500 + c.vary(-130, 130), c.vary(380, 540)
        c.line([(left, top), (left + c.vary(-14, 14), top + 12)], 9, c.accent(c.rng.randrange(4)))


@motif("cake")
def cake(c: Canvas) -> None:
    """Paint a layered cake on a stand."""
    sponge, icing = (
        mix(from_hex("#e8b86a"), from_hex("#7a4630"), c.rng.choice((0.0, 0.9))),
        from_hex("#fbeedd"),
    )
    c.stand(505, 776, 180)
    c.solid([(460, 690), (540, 690), (580, 776), (420, 776)], tube(from_hex("#d9e0df"), 0.6))
    c.solid(shapes.ellipse(500, 690, 310, 30), tube(from_hex("#e8ecea"), 0.5))
    body = [*shapes.arc(500, 660, 240, 34, 0, 180), (260, 430), (740, 430)]
    c.solid(body, tube(sponge, 0.5))
    for y in (520, 600):
        c.fill(
            [*shapes.arc(500, y, 240, 34, 180, 0), *shapes.arc(500, y + 26, 240, 34, 0, 180)],
            tube(icing, 0.4),
        )
    drip: shapes.Path = [(258, 430)]
    for i in range(13):
        drip.append((258 + i * 40.4, 470 + (34 if i % 2 else 76) * (0.7 + 0.3 * math.sin(i))))
    c.solid(shapes.blob([*drip, (742, 430), (600, 402), (400, 402)]), tube(icing, 0.4))
    c.fill(shapes.ellipse(500, 430, 241, 40), tint(icing, 0.4))
    for i in range(6):
        left, top = 500 + 170 * math.cos(i * 1.05), 424 + 22 * math.sin(i * 1.05)
        c.solid(shapes.ellipse(left, top - 18, 32, 32), ball(from_hex("#cf3a3f"), 0.6))
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
        for _ in range(9):
            c.fill(
                shapes.ellipse(x + c.vary(-150, 150), y + c.vary(-26, 26), 17, 9, steps=16),
                from_hex("#5a3326"),
            )
    with c.place(660, 620, 0.74, 14):
        c.solid(shapes.ellipse(500, 500, 200, 196), ball(dough, 0.55))
        for k in range(12):
            a, r = k * 2.4, 40 + (k % 4) * 42
            c.fill(
                shapes.ellipse(500 + r * math.cos(a), 500 + r * math.sin(a), 23, 20, k * 30),
                from_hex("#5a3326"),
            )
