"""Citrus, apples and passion fruit."""

import math

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball
from shop.demo.pictures.colour import WHITE, from_hex, mix, shade
from shop.demo.pictures.parts import GREEN, STEM, leaf
from shop.demo.pictures.registry import motif


@motif("lime")
def lime(c: Canvas) -> None:
    """Paint limes, one cut."""
    _citrus(c, mix(from_hex("#77ab3c"), from_hex("#a4bd45"), c.vary(0, 0.6)), from_hex("#dfeaa0"))


@motif("orange")
def orange(c: Canvas) -> None:
    """Paint oranges, one cut."""
    _citrus(c, mix(from_hex("#ee8f2e"), from_hex("#d9a13a"), c.vary(0, 0.4)), from_hex("#ffc46b"))


def _citrus(c: Canvas, peel: tuple[int, int, int], flesh: tuple[int, int, int]) -> None:
    c.stand(520, 765, 270)
    whole = shapes.ellipse(610, 540, 196, 188)
    c.solid(whole, ball(peel, 0.6))
    with c.within(whole):
        for _ in range(40):
            c.fill(
                shapes.ellipse(c.vary(420, 800), c.vary(360, 720), 4, 4, steps=8),
                shade(peel, 0.3),
                0.35,
            )
        c.soft(545, 455, 90, 80, WHITE, 0.5)
    leaf(c, 618, 358, 170, 84, -28)
    c.fill(shapes.ellipse(614, 360, 16, 9), STEM)
    c.shadow(400, 765, 190, 38, 0.55)
    x, y, r = 370.0, 620.0, 158.0
    c.solid(shapes.ellipse(x + 10, y + 4, r, r), shade(peel, 0.12))
    c.fill(shapes.ellipse(x, y, r, r), peel)
    c.fill(shapes.ellipse(x, y, r * 0.9, r * 0.9), from_hex("#fbf3dc"))
    turn = c.vary(0, 40)
    for i in range(9):
        a, b = math.radians(turn + i * 40 + 3), math.radians(turn + i * 40 + 37)
        wedge = [(x + r * 0.1 * math.cos((a + b) / 2), y + r * 0.1 * math.sin((a + b) / 2))]
        wedge += [
            (
                x + r * 0.83 * math.cos(a + (b - a) * t / 6),
                y + r * 0.83 * math.sin(a + (b - a) * t / 6),
            )
            for t in range(7)
        ]
        c.fill(shapes.rounded(wedge, 7), mix(flesh, peel, 0.15 + 0.3 * ((i * 5) % 4) / 4))
    c.fill(shapes.ellipse(x, y, 12, 12), from_hex("#fbf3dc"))


@motif("passion_fruit")
def passion_fruit(c: Canvas) -> None:
    """Paint passion fruit, one cut open."""
    skin = mix(from_hex("#5b2f4f"), from_hex("#7a3d4c"), c.vary(0, 1))
    c.stand(510, 760, 270)
    for x, y, r in ((640, 560, 170), (500, 470, 150)):
        c.solid(shapes.ellipse(x, y, r, r * 0.97), ball(skin, 0.7))
        c.soft(x - r * 0.35, y - r * 0.4, r * 0.45, r * 0.38, WHITE, 0.45)
    c.shadow(370, 765, 190, 36, 0.5)
    c.solid(shapes.ellipse(375, 625, 160, 152), skin)
    c.fill(shapes.ellipse(371, 621, 138, 130), from_hex("#f4dfc4"))
    c.fill(shapes.ellipse(371, 621, 116, 108), ball(from_hex("#eba52c"), 0.5))
    for i in range(16):
        a, reach = i * 2.4, 22 + (i % 3) * 34
        px, py = 371 + reach * math.cos(a), 621 + reach * 0.93 * math.sin(a)
        c.fill(shapes.ellipse(px, py, 17, 12, i * 50, steps=20), from_hex("#f7c75a"))
        c.fill(shapes.ellipse(px, py, 11, 8, i * 50, steps=16), from_hex("#33242a"))


@motif("apple")
def apple(c: Canvas) -> None:
    """Paint a crisp apple."""
    red = from_hex(c.rng.choice(("#cf3f3a", "#d9544a", "#b8343f")))
    body = shapes.blob(
        [
            (500, 368),
            (590, 328),
            (702, 356),
            (758, 480),
            (738, 620),
            (650, 742),
            (572, 764),
            (500, 752),
            (428, 764),
            (350, 742),
            (262, 620),
            (242, 480),
            (298, 356),
            (410, 328),
        ]
    )
    c.stand(505, 755, 230)
    c.solid(body, ball(red, 0.6))
    with c.within(body):
        c.soft(500, 370, 150, 60, shade(red, 0.5), 0.7)
        c.soft(390, 450, 90, 100, WHITE, 0.5)
    c.line(shapes.blob([(500, 385), (505, 320), (535, 262)], closed=False), 16, STEM, 1, 22)
    leaf(c, 512, 330, 200, 92, -22, GREEN, -14)
