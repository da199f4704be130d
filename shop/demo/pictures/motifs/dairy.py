"""Eggs and cheese."""

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, fade, sheet
from shop.demo.pictures.colour import WHITE, from_hex, mix, shade, tint
from shop.demo.pictures.registry import motif


@motif("eggs_tray")
def eggs_tray(c: Canvas) -> None:
    """Paint a tray of brown eggs."""
    c.stand(505, 766, 330)
    for row, y in enumerate((520, 588, 660)):
        for i in range(5 + (row > 0)):
            k = 0.84 + row * 0.1
            x = 500 + (i - (4 + (row > 0)) / 2) * 112 * k
            shell = mix(from_hex("#d9a273"), from_hex("#f3dfc4"), c.vary(0, 1) ** 2)
            egg = shapes.turned(
                [
                    (0, y - 84 * k),
                    (34 * k, y - 66 * k),
                    (56 * k, y),
                    (44 * k, y + 50 * k),
                    (0, y + 66 * k),
                ],
                axis=x,
            )
            c.solid(egg, ball(shell, 0.6))
            c.soft(x - 16 * k, y - 30 * k, 20 * k, 24 * k, WHITE, 0.6)
    paper = from_hex("#b7a999")
    front = shapes.blob(
        [
            (170, 690),
            (226, 676),
            (282, 702),
            (338, 676),
            (394, 702),
            (450, 676),
            (506, 702),
            (562, 676),
            (618, 702),
            (674, 676),
            (730, 702),
            (786, 676),
            (830, 690),
            (800, 772),
            (200, 772),
        ],
        steps=6,
    )
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
