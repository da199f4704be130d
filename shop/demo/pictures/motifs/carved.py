"""Carved, turned and fired things."""

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, fade, tube
from shop.demo.pictures.colour import WHITE, from_hex, mix, shade, tint
from shop.demo.pictures.parts import WOOD
from shop.demo.pictures.registry import motif


@motif("wooden_bowl")
def wooden_bowl(c: Canvas) -> None:
    """Paint a carved bowl with fruit."""
    wood = mix(WOOD, from_hex("#6f4630"), c.vary(0, 1))
    c.stand(505, 774, 240)
    for x, y, r, hue in (
        (400, 500, 84, "#e07a36"),
        (590, 490, 90, "#7fa843"),
        (495, 450, 86, "#d1473a"),
    ):
        c.solid(shapes.ellipse(x, y, r, r), ball(from_hex(hue), 0.6))
    body = shapes.blob(
        [
            (210, 530),
            (500, 548),
            (790, 530),
            (740, 660),
            (620, 756),
            (500, 772),
            (380, 756),
            (260, 660),
        ]
    )
    c.solid(body, tube(wood, 0.65))
    with c.within(body):
        for i in range(6):
            c.line(
                shapes.blob(
                    [
                        (220, 570 + i * 34),
                        (420, 604 + i * 34),
                        (600, 596 + i * 34),
                        (790, 566 + i * 34),
                    ],
                    closed=False,
                ),
                5,
                shade(wood, 0.35),
                0.45,
            )
        for i in range(12):
            c.fill(
                [(230 + i * 50, 590), (255 + i * 50, 556), (280 + i * 50, 590)],
                tint(wood, 0.55),
                0.8,
            )
    c.fill(
        [*shapes.arc(500, 533, 292, 28, 0, 180), *shapes.arc(500, 524, 292, 22, 180, 0)],
        tint(wood, 0.3),
    )


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
            c.fill(
                [(300 + i * 40, 690), (320 + i * 40, 650), (340 + i * 40, 690)],
                tint(c.accent(2), 0.3),
            )
    c.fill(shapes.ellipse(500, 384, 206, 56), shade(from_hex("#e9d4ab"), 0.4))
    c.fill(shapes.ellipse(500, 372, 206, 56), fade(from_hex("#fbefd2"), from_hex("#e2c797"), 0.5))
    c.fill(shapes.ellipse(500, 374, 120, 30), from_hex("#d9b983"), 0.5)


@motif("carving")
def carving(c: Canvas) -> None:
    """Paint a carved giraffe."""
    wood = mix(from_hex("#b9773f"), from_hex("#7a4a30"), c.vary(0, 1))
    c.stand(480, 776, 190)
    body = shapes.blob(
        [
            (330, 540),
            (430, 510),
            (520, 480),
            (570, 300),
            (580, 240),
            (640, 216),
            (724, 262),
            (716, 292),
            (650, 300),
            (620, 420),
            (596, 560),
            (560, 600),
            (360, 610),
        ],
        steps=8,
    )
    for x in (352, 400, 530, 572):
        c.line([(x, 580), (x - 4, 768)], 36, tube(shade(wood, 0.12), 0.6), 1, 26)
    c.line(shapes.blob([(336, 550), (304, 610), (310, 670)], closed=False), 13, shade(wood, 0.3))
    c.solid(body, ball(wood, 0.6), rim=0.02)
    for x in (606, 636):
        c.line([(x, 226), (x - 4, 186)], 11, shade(wood, 0.3))
    with c.within(body):
        for x, y in (
            (400, 560),
            (470, 540),
            (540, 540),
            (560, 460),
            (590, 400),
            (588, 330),
            (440, 590),
            (510, 590),
            (620, 280),
            (360, 580),
            (560, 580),
            (610, 350),
        ):
            c.fill(
                shapes.blob(
                    [(x - 19, y), (x, y - 17), (x + 19, y - 3), (x + 9, y + 18), (x - 13, y + 15)]
                ),
                shade(wood, 0.45),
                0.8,
            )
    c.fill(shapes.ellipse(660, 250, 7, 7), from_hex("#2c2022"))
    c.solid(shapes.box(300, 756, 340, 24, 10), tube(shade(wood, 0.4), 0.5))


@motif("candle")
def candle(c: Canvas) -> None:
    """Paint beeswax candles."""
    c.soft(490, 330, 330, 300, from_hex("#ffe9a8"), 0.8)
    c.stand(505, 774, 190)
    for x, top, half, hue in ((600, 460, 74, c.accent()), (420, 360, 84, from_hex("#e9bf6a"))):
        c.solid(
            [*shapes.arc(x, 756, half, 20, 0, 180), (x - half, top), (x + half, top)],
            tube(hue, 0.5),
        )
        c.fill(shapes.ellipse(x, top, half, 20), tint(hue, 0.5))
        c.line([(x, top), (x, top - 34)], 7, from_hex("#4a3434"))
        c.soft(x, top - 70, 90, 110, from_hex("#ffd25a"), 0.8)
        c.fill(
            shapes.blob([(x, top - 130), (x + 26, top - 70), (x, top - 24), (x - 26, top - 70)]),
            from_hex("#f9a72f"),
        )
        c.fill(
            shapes.blob([(x, top - 96), (x + 13, top - 62), (x, top - 34), (x - 13, top - 62)]),
            from_hex("#fff3c0"),
        )


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
            c.fill(
                [(270 + i * 44, 570), (292 + i * 44, 490), (314 + i * 44, 570)], c.accent(i % 2 + 1)
            )
        for y in (462, 588):
            c.fill(shapes.box(260, y, 480, 12), shade(clay, 0.6))
        c.soft(390, 480, 70, 150, WHITE, 0.35)
        c.soft(700, 600, 130, 260, shade(clay, 0.9), 0.55)
    c.fill(shapes.ellipse(500, 252, 96, 22), tint(clay, 0.3))
    c.fill(shapes.ellipse(500, 254, 78, 15), shade(clay, 0.7))
