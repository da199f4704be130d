"""Tools and animals of the field."""

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, fade, sheet, tube
from shop.demo.pictures.colour import WHITE, from_hex, mix, shade, tint
from shop.demo.pictures.parts import STEEL, WOOD, leaf, sign
from shop.demo.pictures.registry import motif

SOIL = from_hex("#5b3d2e")
IRON = from_hex("#6d747b")


@motif("hoe")
def hoe(c: Canvas) -> None:
    """Paint a jembe."""
    c.stand(500, 774, 250)
    c.fill(shapes.blob([(300, 776), (380, 700), (520, 690), (640, 716), (720, 776)]), SOIL)
    with c.place(500, 480, 1, 24):
        c.line([(500, 120), (500, 800)], 34, tube(mix(WOOD, c.accent(), 0.2), 0.5))
        c.solid(
            shapes.rounded([(448, 680), (560, 680), (580, 740), (430, 740)], 14), sheet(IRON, 0.6)
        )
        c.solid(
            shapes.rounded([(430, 720), (560, 740), (430, 900), (290, 860)], 20),
            fade(tint(IRON, 0.3), shade(IRON, 0.2)),
        )
        c.line([(300, 862), (424, 894)], 9, WHITE, 0.6)
    for x in (330, 680):
        leaf(c, x, 760, 60, 30, -60)
        leaf(c, x, 760, 56, 28, -125)


@motif("panga")
def panga(c: Canvas) -> None:
    """Paint a panga."""
    c.stand(500, 752, 280)
    with c.place(500, 664, 1.06, -11):
        c.solid(
            shapes.blob(
                [
                    (420, 470),
                    (600, 462),
                    (760, 440),
                    (850, 470),
                    (856, 540),
                    (780, 576),
                    (600, 560),
                    (420, 540),
                ],
                steps=8,
            ),
            fade(tint(STEEL, 0.5), shade(STEEL, 0.3)),
        )
        c.line([(440, 528), (600, 548), (776, 584)], 8, WHITE, 0.8)
        c.solid(
            shapes.blob(
                [
                    (430, 462),
                    (300, 456),
                    (200, 450),
                    (176, 500),
                    (200, 552),
                    (300, 540),
                    (430, 548),
                ],
                steps=8,
            ),
            sheet(c.accent(), 0.6),
        )
        for x in (250, 320, 390):
            c.fill(shapes.ellipse(x, 500, 13, 13), STEEL)


@motif("wheelbarrow")
def wheelbarrow(c: Canvas) -> None:
    """Paint a wheelbarrow with soil."""
    colour = c.accent()
    c.stand(500, 772, 300)
    c.line([(300, 660), (860, 500)], 26, WOOD)
    c.line([(640, 620), (690, 772)], 24, IRON)
    c.fill(shapes.blob([(230, 480), (340, 380), (480, 350), (620, 380), (720, 470)]), SOIL)
    for x, y in ((380, 400), (480, 372), (570, 400)):
        leaf(c, x, y, 80, 40, -60)
        leaf(c, x, y, 76, 38, -122)
    c.solid(
        shapes.rounded([(190, 460), (770, 460), (620, 660), (330, 660)], 18), sheet(colour, 0.6)
    )
    c.fill(shapes.box(184, 450, 594, 26, 13), tint(colour, 0.35))
    c.solid(shapes.ellipse(250, 700, 78, 78), ball(from_hex("#3a3a40"), 0.5))
    c.fill(shapes.ellipse(250, 700, 36, 36), c.accent(1))


@motif("sprayer")
def sprayer(c: Canvas) -> None:
    """Paint a knapsack sprayer."""
    colour = c.accent()
    c.stand(480, 774, 190)
    c.line(
        shapes.blob([(600, 690), (740, 740), (800, 600), (740, 480)], closed=False),
        18,
        from_hex("#34363c"),
    )
    c.line([(740, 490), (850, 220)], 16, STEEL)
    c.fill(shapes.ellipse(852, 214, 20, 20), from_hex("#d9a441"))
    body = shapes.box(300, 330, 330, 444, 70)
    c.solid(body, tube(colour, 0.6))
    c.solid(shapes.box(380, 270, 160, 80, 20), tube(from_hex("#34363c"), 0.6))
    c.fill(shapes.box(370, 450, 190, 220, 24), tint(colour, 0.7))
    sign(c, "leaf", 465, 550, 62, shade(colour, 0.2))
    c.soft(336, 560, 18, 150, WHITE, 0.6)


@motif("hen")
def hen(c: Canvas) -> None:
    """Paint a hen with grain."""
    body_colour = mix(from_hex("#b5622f"), from_hex("#f0e6d8"), c.rng.choice((0.0, 0.85)))
    c.stand(500, 774, 210)
    for x in (460, 550):
        c.line([(x, 680), (x, 768), (x + 34, 776)], 14, from_hex("#e0a13a"))
    for i, angle in enumerate((-150, -132, -115)):
        c.solid(
            shapes.leaf(330, 560, 230, 96, angle, 20),
            sheet(shade(body_colour, 0.25 + 0.1 * i), 0.5),
        )
    body = shapes.blob(
        [
            (270, 500),
            (400, 480),
            (560, 440),
            (610, 330),
            (690, 300),
            (740, 360),
            (720, 500),
            (690, 630),
            (560, 712),
            (400, 700),
            (300, 620),
        ]
    )
    c.solid(body, ball(body_colour, 0.6))
    c.solid(shapes.leaf(640, 520, 290, 190, 168, -24), sheet(shade(body_colour, 0.2), 0.5))
    c.solid(
        shapes.blob(
            [(640, 312), (630, 250), (662, 270), (680, 232), (704, 266), (734, 246), (730, 316)]
        ),
        from_hex("#d23a2e"),
    )
    c.fill([(734, 350), (800, 376), (736, 396)], from_hex("#e9a42c"))
    c.fill(shapes.ellipse(742, 420, 18, 30), from_hex("#d23a2e"))
    c.fill(shapes.ellipse(698, 356, 13, 13), from_hex("#2c2226"))
    c.fill(shapes.ellipse(694, 352, 4, 4), WHITE)
    for _ in range(18):
        c.fill(
            shapes.ellipse(
                640 + c.vary(0, 200), 770 + c.vary(-8, 14), 11, 7, c.vary(0, 90), steps=12
            ),
            from_hex("#e3b04a"),
        )
