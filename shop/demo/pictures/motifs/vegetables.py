"""Vegetables and herbs."""

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, sheet
from shop.demo.pictures.colour import WHITE, Colour, from_hex, mix, shade, tint
from shop.demo.pictures.parts import GREEN, leaf
from shop.demo.pictures.registry import motif


def _tomato(c: Canvas, x: float, y: float, r: float, red: Colour, turn: float) -> None:
    body = shapes.blob(
        [
            (x, y - r * 0.8),
            (x + r * 0.6, y - r * 0.84),
            (x + r, y - r * 0.2),
            (x + r * 0.86, y + r * 0.55),
            (x + r * 0.3, y + r * 0.86),
            (x - r * 0.3, y + r * 0.86),
            (x - r * 0.86, y + r * 0.55),
            (x - r, y - r * 0.2),
            (x - r * 0.6, y - r * 0.84),
        ]
    )
    c.solid(body, ball(red, 0.6))
    c.soft(x - r * 0.42, y - r * 0.4, r * 0.36, r * 0.26, WHITE, 0.65)
    for i in range(5):
        angle = turn + i * 72
        c.fill(
            shapes.leaf(x, y - r * 0.72, r * 0.66, r * 0.2, angle * 0.55 - 110, 8),
            shade(GREEN, 0.1 * (i % 3)),
        )
    c.line([(x, y - r * 0.72), (x + r * 0.06, y - r * 1.02)], r * 0.09, shade(GREEN, 0.3))


@motif("tomato")
def tomato(c: Canvas) -> None:
    """Paint three ripe tomatoes."""
    red = mix(from_hex("#dc4232"), from_hex("#ee7a3b"), c.vary(0, 0.3))
    c.stand(505, 758, 300)
    _tomato(c, 640, 590, 165, shade(red, 0.12), c.vary(0, 60))
    _tomato(c, 480, 480, 150, shade(red, 0.04), c.vary(0, 60))
    c.shadow(420, 758, 170, 26, 0.4)
    _tomato(c, 385, 612, 172, red, c.vary(0, 60))


@motif("onion")
def onion(c: Canvas) -> None:
    """Paint red onions."""
    skin = mix(from_hex("#9c3f5c"), from_hex("#c88544"), c.rng.choice((0.0, 0.0, 0.9)))
    c.stand(510, 758, 270)
    for x, y, k, turn in ((635, 555, 0.86, 16.0), (410, 575, 1.0, -9.0)):
        with c.place(x, y, k, turn):
            body = shapes.blob(
                [
                    (500, 250),
                    (520, 330),
                    (600, 385),
                    (690, 480),
                    (690, 590),
                    (600, 680),
                    (500, 700),
                    (400, 680),
                    (310, 590),
                    (310, 480),
                    (400, 385),
                    (480, 330),
                ]
            )
            c.solid(body, ball(skin, 0.6))
            with c.within(body):
                for bend in (-150, -95, -40, 40, 95, 150):
                    rib = shapes.blob(
                        [
                            (500, 300),
                            (500 + bend * 0.8, 420),
                            (500 + bend * 1.1, 540),
                            (500 + bend * 0.3, 695),
                        ],
                        closed=False,
                    )
                    c.line(rib, 6, tint(skin, 0.35), 0.5, 3)
                c.soft(410, 450, 80, 90, WHITE, 0.5)
            for dx in (-22, 0, 22):
                c.line([(500 + dx * 0.4, 698), (500 + dx, 730)], 6, from_hex("#cdb48a"), 1, 2)


@motif("carrot")
def carrot(c: Canvas) -> None:
    """Paint a bunch of carrots with their tops."""
    hue = mix(from_hex("#ee7d2b"), from_hex("#e3963c"), c.vary(0, 1))
    c.stand(500, 755, 250)
    for i, (x, turn) in enumerate(((610, -17.0), (395, 15.0), (505, -2.0))):
        with c.place(x, 530, 0.98, turn):
            for j, angle in enumerate((-118, -62, -104, -76, -90)):
                leaf(
                    c,
                    500,
                    372,
                    215 + j * 8,
                    46,
                    angle + turn * 0.3,
                    mix(GREEN, from_hex("#86b24e"), j / 6),
                    12,
                )
            body = shapes.turned(
                [(0, 352), (50, 362), (72, 402), (62, 500), (40, 640), (14, 740), (0, 765)]
            )
            c.solid(body, sheet(shade(hue, 0.1 * (2 - i)), 0.7), rim=0.1)
            with c.within(body):
                for k in range(6):
                    y = 420 + k * 54 + c.vary(-10, 10)
                    c.line(
                        [(500 + c.vary(-60, -10), y), (500 + c.vary(5, 40), y + 5)],
                        5,
                        shade(hue, 0.35),
                        0.5,
                    )
                c.soft(474, 470, 26, 110, tint(hue, 0.85), 0.6)
    c.solid(shapes.box(420, 372, 165, 34, 16), sheet(from_hex("#d7b98a"), 0.5))


@motif("potato")
def potato(c: Canvas) -> None:
    """Paint a heap of potatoes."""
    skin = mix(
        from_hex("#c99a5b"), from_hex("#b56a58"), c.vary(0, 1) if c.rng.random() < 0.4 else 0.1
    )
    c.stand(505, 762, 300)
    for x, y, rx, ry, turn in (
        (620, 530, 132, 100, 14.0),
        (430, 500, 138, 104, -18.0),
        (655, 660, 140, 104, -10.0),
        (345, 650, 132, 104, 16.0),
        (502, 655, 146, 112, -6.0),
    ):
        tone = mix(skin, tint(skin, 0.25), c.vary(0, 1))
        body = shapes.rotate(
            shapes.blob(
                [
                    (x - rx, y),
                    (x - rx * 0.6, y - ry * 0.86),
                    (x + rx * 0.3, y - ry),
                    (x + rx, y - ry * 0.2),
                    (x + rx * 0.8, y + ry * 0.7),
                    (x, y + ry),
                    (x - rx * 0.75, y + ry * 0.72),
                ]
            ),
            turn,
            (x, y),
        )
        c.solid(body, ball(tone, 0.6))
        for _ in range(7):
            c.fill(
                shapes.ellipse(
                    x + c.vary(-0.7, 0.7) * rx, y + c.vary(-0.6, 0.6) * ry, 8, 4, 20, steps=12
                ),
                shade(tone, 0.4),
                0.6,
            )


@motif("sweet_potato")
def sweet_potato(c: Canvas) -> None:
    """Paint sweet potatoes, or arrowroots when the seed says so."""
    skin = mix(from_hex("#a94f4a"), from_hex("#8a6247"), c.rng.choice((0.0, 1.0)))
    c.stand(505, 760, 300)
    for x, y, turn, k in ((560, 500, -24.0, 0.9), (610, 640, 14.0, 0.95), (420, 630, -12.0, 1.0)):
        with c.place(x, y, k, turn):
            body = shapes.blob(
                [
                    (270, 510),
                    (360, 440),
                    (500, 408),
                    (640, 440),
                    (740, 515),
                    (640, 570),
                    (500, 600),
                    (360, 575),
                ]
            )
            c.solid(body, sheet(skin, 0.75), rim=0.08)
            with c.within(body):
                for _ in range(12):
                    px, py = c.vary(320, 680), c.vary(430, 580)
                    c.line([(px, py), (px + c.vary(14, 34), py + 4)], 4, shade(skin, 0.45), 0.5)
                c.soft(440, 450, 150, 40, tint(skin, 0.6), 0.55)


@motif("pepper")
def pepper(c: Canvas) -> None:
    """Paint sweet peppers."""
    hues = [from_hex("#d8432f"), from_hex("#f0b233"), from_hex("#5a9a40")]
    c.rng.shuffle(hues)
    c.stand(505, 760, 270)
    for (x, y, k, turn), hue in zip(
        ((620, 540, 0.86, 10.0), (405, 570, 1.0, -6.0)), hues, strict=False
    ):
        with c.place(x, y, k, turn):
            c.line(
                shapes.blob([(500, 320), (504, 270), (530, 236)], closed=False),
                26,
                shade(GREEN, 0.1),
                1,
                32,
            )
            for dx, tone in ((-92, 0.14), (92, 0.22), (0, 0.0)):
                lobe = shapes.blob(
                    [
                        (500 + dx * 0.6, 318),
                        (500 + dx + 74, 350),
                        (500 + dx + 88, 470),
                        (500 + dx * 0.8 + 60, 640),
                        (500 + dx * 0.7, 690),
                        (500 + dx * 0.8 - 60, 640),
                        (500 + dx - 88, 470),
                        (500 + dx - 74, 350),
                    ]
                )
                c.solid(lobe, ball(shade(hue, tone), 0.5), rim=0.04)
            c.soft(440, 440, 44, 110, WHITE, 0.45)
            c.fill(shapes.ellipse(500, 322, 70, 22), shade(GREEN, 0.16))


@motif("maize")
def maize(c: Canvas) -> None:
    """Paint green maize in its husk."""
    gold, husk = from_hex("#f3c544"), from_hex("#9cba5c")
    c.stand(500, 758, 200)
    for x, turn, k in ((590, 16.0, 0.92), (440, -9.0, 1.0)):
        with c.place(x, 520, k, turn):
            leaf(c, 505, 770, 470, 150, -112, shade(husk, 0.25), 20)
            leaf(c, 500, 770, 460, 150, -66, shade(husk, 0.3), -20)
            cob = shapes.turned([(0, 235), (46, 262), (78, 380), (86, 560), (70, 700), (0, 760)])
            c.solid(cob, sheet(shade(gold, 0.2), 0.5))
            with c.within(cob):
                for row in range(22):
                    for col in range(-3, 4):
                        c.fill(
                            shapes.ellipse(
                                500 + col * 26, 255 + row * 24 + abs(col) * 3, 12, 11, steps=14
                            ),
                            mix(gold, tint(gold, 0.4), (3 - col) / 8),
                        )
                c.soft(600, 520, 110, 320, shade(gold, 0.6), 0.5)
            leaf(c, 470, 778, 400, 130, -112, husk, 24)
            leaf(c, 530, 778, 370, 130, -68, shade(husk, 0.1), -24)


@motif("garlic")
def garlic(c: Canvas) -> None:
    """Paint a head of garlic and a clove."""
    pale = from_hex("#f1e7dc")
    c.stand(490, 758, 220)
    body = shapes.blob(
        [
            (490, 260),
            (520, 380),
            (640, 460),
            (690, 590),
            (630, 710),
            (500, 742),
            (370, 710),
            (310, 590),
            (360, 460),
            (462, 380),
        ]
    )
    c.solid(body, ball(pale, 0.5))
    with c.within(body):
        for bend in (-170, -100, -35, 45, 115, 175):
            c.line(
                shapes.blob(
                    [
                        (490, 300),
                        (495 + bend * 0.5, 440),
                        (500 + bend, 590),
                        (500 + bend * 0.4, 740),
                    ],
                    closed=False,
                ),
                8,
                from_hex("#b48a9c"),
                0.45,
                4,
            )
    clove = shapes.blob([(720, 590), (770, 640), (782, 712), (730, 752), (668, 740), (664, 672)])
    c.solid(clove, ball(from_hex("#e6d3d6"), 0.6))
