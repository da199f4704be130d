"""Beauty and personal care."""

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, fade, sheet, tube
from shop.demo.pictures.colour import WHITE, from_hex, mix, shade, tint
from shop.demo.pictures.containers import CREAM, bottle, pump, tub, tube_of
from shop.demo.pictures.parts import STEEL, WOOD, lid, sign, words
from shop.demo.pictures.registry import motif


@motif("lotion")
def lotion(c: Canvas) -> None:
    """Paint body lotion in a pump bottle."""
    pump(c, tint(c.accent(), 0.25), c.rng.choice(("leaf", "flower", "drop")), c.accent(1))


@motif("shampoo")
def shampoo(c: Canvas) -> None:
    """Paint a shampoo bottle."""
    bottle(c, c.accent(), c.rng.choice(("flower", "leaf")), c.accent(1), tall=False)


@motif("hand_wash")
def hand_wash(c: Canvas) -> None:
    """Paint liquid soap."""
    pump(c, from_hex("#a9cf9a"), "leaf", c.accent(2))


@motif("toothpaste")
def toothpaste(c: Canvas) -> None:
    """Paint a toothpaste tube."""
    tube_of(c, from_hex("#f4f2ec"), "leaf", c.accent())


@motif("face_cream")
def face_cream(c: Canvas) -> None:
    """Paint a tube of face cream."""
    tube_of(c, tint(c.accent(), 0.35), "flower", c.accent(1))


@motif("hair_cream")
def hair_cream(c: Canvas) -> None:
    """Paint a tub of hair cream."""
    tub(c, tint(c.accent(1), 0.55), "flower", c.accent())


@motif("shea_butter")
def shea_butter(c: Canvas) -> None:
    """Paint an open jar of body butter."""
    glass, butter = mix(c.accent(), shade(c.accent(), 0.4), 0.3), from_hex("#f7e6b4")
    c.stand(490, 770, 240)
    c.solid([*shapes.arc(480, 740, 216, 34, 0, 180), (264, 540), (696, 540)], tube(glass, 0.6))
    c.fill(
        shapes.arc(480, 590, 216, 26, 180, 0) + shapes.arc(480, 700, 216, 26, 0, 180),
        tube(CREAM, 0.3),
    )
    sign(c, "leaf", 480, 670, 40, glass)
    c.fill(shapes.ellipse(480, 540, 216, 48), tint(glass, 0.4))
    c.fill(shapes.ellipse(480, 542, 194, 39), shade(butter, 0.12))
    swirl = shapes.blob(
        [
            (300, 545),
            (360, 500),
            (440, 520),
            (500, 462),
            (560, 500),
            (640, 510),
            (664, 546),
            (480, 578),
        ]
    )
    c.solid(swirl, ball(butter, 0.4))
    with c.place(740, 640, 0.56, 64):
        lid(c, 500, 420, 230, 120, c.accent(2))


@motif("toothbrush")
def toothbrush(c: Canvas) -> None:
    """Paint toothbrushes in a glass."""
    c.stand(505, 774, 130)
    for i, (x, turn) in enumerate(((430, -13.0), (500, 2.0), (565, 15.0))):
        colour = c.accent(i)
        with c.place(x, 420, 1, turn):
            c.line([(500, 330), (500, 780)], 30, tube(colour, 0.5))
            c.solid(shapes.box(482, 200, 38, 140, 18), sheet(colour, 0.5))
            for k in range(5):
                c.fill(
                    shapes.box(516, 212 + k * 23, 42, 19, 5),
                    tint(c.accent(i + 1), 0.6 if k % 2 else 0.85),
                )
    glass = shapes.rounded([(350, 480), (650, 480), (626, 776), (374, 776)], [6, 6, 36, 36])
    c.fill(glass, tube(from_hex("#dcebee"), 0.4), 0.78)
    c.fill(shapes.ellipse(500, 480, 150, 24), WHITE, 0.6)
    c.fill(
        shapes.rounded([(374, 690), (626, 690), (624, 770), (376, 770)], 26),
        from_hex("#a9d3dd"),
        0.5,
    )
    c.shine([(384, 520), (398, 730)], 18, 0.8)


@motif("lipstick")
def lipstick(c: Canvas) -> None:
    """Paint a lipstick with its cap."""
    hue = mix(c.accent(), from_hex("#b8304a"), 0.5)
    c.stand(490, 774, 190)
    case = from_hex("#3b3038")
    c.solid(shapes.box(360, 560, 160, 216, 14), tube(case, 0.7))
    c.solid(shapes.box(376, 450, 128, 116, 6), tube(from_hex("#d9b05a"), 0.8))
    c.solid([(392, 456), (392, 330), (420, 280), (488, 250), (488, 456)], tube(hue, 0.6))
    c.fill(shapes.blob([(394, 330), (424, 276), (486, 252), (462, 310)]), tint(hue, 0.35))
    c.solid(shapes.box(580, 500, 150, 276, 16), tube(case, 0.7))
    c.fill(shapes.box(580, 740, 150, 18), from_hex("#d9b05a"))
    for x in (386, 606):
        c.line([(x, 600), (x, 720)], 10, WHITE, 0.35)


@motif("nail_polish")
def nail_polish(c: Canvas) -> None:
    """Paint small bottles of nail polish."""
    c.stand(505, 770, 270)
    for i, x in enumerate((310, 500, 690)):
        colour = c.accent(i)
        c.solid(
            shapes.rounded([(x - 34, 330), (x + 34, 330), (x + 44, 590), (x - 44, 590)], 16),
            tube(from_hex("#3b3038"), 0.7),
        )
        c.solid(
            shapes.blob(
                [
                    (x - 60, 600),
                    (x + 60, 600),
                    (x + 92, 680),
                    (x + 76, 768),
                    (x - 76, 768),
                    (x - 92, 680),
                ],
                steps=8,
            ),
            ball(colour, 0.6),
        )
        c.soft(x - 40, 666, 22, 50, WHITE, 0.7)
        c.line([(x - 18, 360), (x - 20, 560)], 9, WHITE, 0.3)


@motif("perfume")
def perfume(c: Canvas) -> None:
    """Paint a bottle of scent."""
    colour = c.accent()
    c.stand(505, 774, 160)
    c.solid(shapes.box(440, 250, 120, 130, 20), tube(from_hex("#d9b05a"), 0.8))
    c.solid(shapes.box(462, 374, 76, 46, 6), tube(STEEL, 0.8))
    c.solid(shapes.box(334, 414, 332, 362, 60), tube(tint(colour, 0.45), 0.5))
    c.fill(shapes.box(366, 520, 268, 226, 40), tube(colour, 0.6), 0.85)
    c.fill(shapes.box(400, 540, 200, 150, 12), CREAM)
    sign(c, "flower", 500, 598, 36, colour)
    words(c, 500, 652, 100, shade(colour, 0.4), 1)
    c.shine([(360, 470), (360, 640)], 14, 0.8)


@motif("comb")
def comb(c: Canvas) -> None:
    """Paint an afro comb and a brush."""
    c.stand(505, 770, 210)
    with c.place(400, 520, 1.0, -10):
        wood = mix(WOOD, from_hex("#6d4630"), c.vary(0, 1))
        c.solid(
            shapes.blob(
                [
                    (420, 240),
                    (500, 200),
                    (580, 240),
                    (560, 330),
                    (610, 410),
                    (610, 470),
                    (390, 470),
                    (390, 410),
                    (440, 330),
                ],
                steps=8,
            ),
            sheet(wood, 0.6),
        )
        for i in range(8):
            c.line([(402 + i * 28, 460), (402 + i * 28, 760)], 17, sheet(wood, 0.5), 1, 9)
        for i in range(3):
            c.fill(shapes.star(450 + i * 50, 420, 20, 9, 4), CREAM)
    with c.place(650, 530, 1.0, 14):
        c.line([(500, 520), (500, 760)], 46, tube(c.accent(), 0.6))
        c.solid(shapes.ellipse(500, 390, 96, 150), sheet(c.accent(), 0.6))
        c.fill(shapes.ellipse(500, 386, 70, 122), from_hex("#f3e2cd"))
        for row in range(6):
            for col in range(3):
                c.fill(shapes.ellipse(462 + col * 38, 300 + row * 36, 7, 7), from_hex("#4a3438"))


@motif("razor")
def razor(c: Canvas) -> None:
    """Paint a razor."""
    colour = c.accent()
    c.stand(500, 772, 120)
    with c.place(500, 500, 1.0, 14):
        handle = shapes.blob(
            [
                (470, 340),
                (530, 340),
                (540, 480),
                (528, 620),
                (536, 770),
                (464, 770),
                (472, 620),
                (460, 480),
            ],
            steps=8,
        )
        c.solid(handle, tube(colour, 0.6))
        for i in range(6):
            c.line([(478, 500 + i * 34), (522, 500 + i * 34)], 8, tint(colour, 0.5))
        c.solid(shapes.box(376, 240, 248, 110, 30), sheet(shade(colour, 0.2), 0.5))
        for i in range(3):
            c.fill(shapes.box(396, 262 + i * 24, 208, 11, 4), fade(WHITE, STEEL))


@motif("sanitary_pads")
def sanitary_pads(c: Canvas) -> None:
    """Paint a packet of sanitary pads."""
    colour = c.accent()
    c.stand(505, 770, 230)
    body = shapes.blob(
        [
            (280, 380),
            (500, 364),
            (720, 380),
            (744, 560),
            (730, 750),
            (500, 776),
            (270, 750),
            (256, 560),
        ],
        steps=8,
    )
    c.solid(body, sheet(tint(colour, 0.2), 0.5))
    with c.within(body):
        c.fill(shapes.ellipse(720, 760, 330, 240), tint(colour, 0.6), 0.8)
        c.fill(shapes.ellipse(760, 800, 260, 190), WHITE, 0.7)
    sign(c, "flower", 430, 530, 92, WHITE)
    sign(c, "flower", 600, 610, 46, colour)
    words(c, 450, 670, 190, WHITE, 1)
