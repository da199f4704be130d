"""Solar things, light and power."""

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, fade, sheet, tube
from shop.demo.pictures.colour import WHITE, Colour, from_hex, mix, shade, tint
from shop.demo.pictures.parts import STEEL, sign
from shop.demo.pictures.registry import motif

DARK: Colour = from_hex("#3a3d47")
GLOW: Colour = from_hex("#fff1b8")


@motif("solar_lantern")
def solar_lantern(c: Canvas) -> None:
    """Paint a solar lantern that shines."""
    colour = c.accent()
    c.soft(500, 560, 420, 360, GLOW, 0.85)
    c.stand(505, 774, 180)
    c.line(shapes.arc(500, 360, 150, 150, 180, 360), 22, shade(STEEL, 0.2))
    c.solid(shapes.rounded([(380, 330), (620, 330), (672, 420), (328, 420)], 22), tube(colour, 0.6))
    c.fill(
        [(408, 340), (592, 340), (616, 384), (384, 384)],
        fade(from_hex("#3f5d8c"), from_hex("#223a63"), 0.5),
    )
    for x in (440, 500, 560):
        c.line([(x, 340), (500 + (x - 500) * 1.2, 384)], 3, WHITE, 0.5)
    glass = shapes.rounded([(350, 420), (650, 420), (630, 670), (370, 670)], 18)
    c.fill(glass, fade(from_hex("#fff6d2"), from_hex("#fbd873")))
    c.soft(500, 545, 120, 130, WHITE, 0.95)
    for x in (386, 500, 614):
        c.line([(x, 424), (500 + (x - 500) * 0.92, 668)], 9, shade(STEEL, 0.1), 0.7)
    c.solid(shapes.rounded([(350, 664), (650, 664), (680, 776), (320, 776)], 26), tube(colour, 0.6))
    c.fill(shapes.ellipse(500, 722, 28, 26), tint(colour, 0.75))
    c.soft(384, 716, 16, 40, WHITE, 0.5)


@motif("solar_panel")
def solar_panel(c: Canvas) -> None:
    """Paint a solar panel on its stand under a sun."""
    c.soft(250, 240, 200, 200, from_hex("#ffdf7a"), 0.9)
    c.fill(shapes.ellipse(250, 240, 66, 66), from_hex("#fbc23c"))
    c.stand(520, 772, 260)
    c.line([(640, 520), (690, 772)], 22, shade(STEEL, 0.35))
    c.line([(400, 640), (372, 772)], 22, shade(STEEL, 0.2))
    outline = [(350, 330), (760, 290), (720, 660), (230, 690)]
    c.fill(shapes.move(outline, 14, 16), shade(STEEL, 0.6))
    c.fill(outline, tint(STEEL, 0.4))
    inner = [(364, 344), (744, 307), (706, 646), (250, 674)]
    c.fill(inner, fade(from_hex("#2f5b9c"), from_hex("#1f3563"), 0.3))

    def at(u: float, v: float) -> shapes.Point:
        (ax, ay), (bx, by), (dx, dy), (ex, ey) = inner
        return (
            (ax + (bx - ax) * u) * (1 - v) + (ex + (dx - ex) * u) * v,
            (ay + (by - ay) * u) * (1 - v) + (ey + (dy - ey) * u) * v,
        )

    for i in range(1, 6):
        c.line([at(i / 6, 0), at(i / 6, 1)], 5, tint(STEEL, 0.5), 0.85)
    for i in range(1, 4):
        c.line([at(0, i / 4), at(1, i / 4)], 5, tint(STEEL, 0.5), 0.85)
    c.fill([at(0.08, 0), at(0.36, 0), at(0.2, 1), at(-0.0, 1), at(0, 0.5)], WHITE, 0.16)


@motif("solar_kit")
def solar_kit(c: Canvas) -> None:
    """Paint a home kit: battery box, bulbs and a small panel."""
    colour = c.accent()
    c.stand(505, 772, 300)
    panel = [(430, 280), (800, 280), (770, 560), (400, 560)]
    c.fill(shapes.move(panel, 10, 12), shade(STEEL, 0.5))
    c.fill(panel, tint(STEEL, 0.4))
    c.fill(
        [(446, 294), (784, 294), (756, 546), (418, 546)],
        fade(from_hex("#2f5b9c"), from_hex("#1f3563"), 0.3),
    )
    for i in range(1, 4):
        c.line([(446 + i * 84, 294), (418 + i * 84, 546)], 4, tint(STEEL, 0.6), 0.8)
        c.line([(446 - i * 7, 294 + i * 63), (784 - i * 7, 294 + i * 63)], 4, tint(STEEL, 0.6), 0.8)
    c.line([(640, 560), (660, 772)], 20, shade(STEEL, 0.4))
    c.solid(shapes.box(210, 500, 330, 274, 36), sheet(colour, 0.55))
    c.fill(shapes.box(244, 536, 262, 96, 16), shade(DARK, 0.2))
    for i in range(4):
        c.fill(
            shapes.box(262 + i * 58, 556, 42, 56, 8),
            from_hex("#7fd08a") if i < 3 else shade(DARK, 0.1),
        )
    for i in range(4):
        c.fill(shapes.ellipse(276 + i * 66, 700, 20, 20), shade(colour, 0.5))
    for x, y in ((640, 690), (750, 700)):
        _bulb(c, x, y, 62)


def _bulb(c: Canvas, x: float, y: float, r: float) -> None:
    c.soft(x, y, r * 2.4, r * 2.4, GLOW, 0.8)
    c.solid(shapes.box(x - r * 0.4, y + r * 0.7, r * 0.8, r * 0.62, 10), tube(STEEL, 0.6))
    c.solid(
        shapes.blob(
            [
                (x, y - r),
                (x + r * 0.9, y - r * 0.3),
                (x + r * 0.66, y + r * 0.5),
                (x + r * 0.36, y + r * 0.86),
                (x - r * 0.36, y + r * 0.86),
                (x - r * 0.66, y + r * 0.5),
                (x - r * 0.9, y - r * 0.3),
            ]
        ),
        ball(from_hex("#fff2c4"), 0.4),
    )


@motif("light_bulb")
def light_bulb(c: Canvas) -> None:
    """Paint a glowing bulb."""
    c.soft(500, 450, 400, 400, GLOW, 0.9)
    c.stand(505, 772, 110)
    glass = shapes.blob(
        [
            (500, 220),
            (640, 270),
            (690, 410),
            (630, 540),
            (578, 640),
            (422, 640),
            (370, 540),
            (310, 410),
            (360, 270),
        ]
    )
    c.solid(glass, ball(from_hex("#ffe9a6"), 0.5), strength=0.06)
    c.line(
        shapes.blob(
            [(462, 640), (448, 480), (480, 450), (500, 500), (520, 450), (552, 480), (538, 640)],
            closed=False,
        ),
        9,
        from_hex("#e88a2a"),
    )
    c.soft(500, 470, 120, 120, WHITE, 0.8)
    c.solid(
        shapes.rounded(
            [(420, 634), (580, 634), (566, 740), (530, 774), (470, 774), (434, 740)], 14
        ),
        tube(STEEL, 0.75),
    )
    for y in (666, 694, 722):
        c.line([(424, y), (576, y - 8)], 9, shade(STEEL, 0.4), 0.6)
    c.shine(shapes.arc(490, 410, 130, 130, 190, 245), 20, 0.8)


@motif("torch")
def torch(c: Canvas) -> None:
    """Paint a torch with its beam."""
    colour = c.accent()
    c.stand(560, 740, 250)
    with c.place(540, 560, 1.0, -16):
        c.fill([(330, 440), (330, 560), (-120, 720), (-120, 240)], GLOW, 0.5)
        c.solid(shapes.box(440, 450, 380, 100, 22), fade(tint(colour, 0.3), shade(colour, 0.35)))
        for i in range(6):
            c.line([(660 + i * 22, 456), (660 + i * 22, 546)], 8, shade(colour, 0.4), 0.6)
        c.solid(
            shapes.rounded([(330, 410), (450, 446), (450, 554), (330, 590)], 12),
            fade(tint(colour, 0.4), shade(colour, 0.5)),
        )
        c.fill(shapes.ellipse(332, 500, 30, 92), tint(STEEL, 0.3))
        c.fill(shapes.ellipse(328, 500, 22, 76), from_hex("#fff6cf"))
        c.solid(shapes.box(540, 428, 76, 34, 14), from_hex("#d9502f"))


@motif("power_bank")
def power_bank(c: Canvas) -> None:
    """Paint a power bank with a cable."""
    colour = mix(c.accent(), DARK, c.rng.choice((0.0, 0.7)))
    c.stand(505, 772, 190)
    cable = shapes.blob(
        [(470, 262), (450, 180), (560, 160), (740, 250), (790, 440), (740, 610), (780, 740)],
        closed=False,
    )
    c.line(cable, 17, WHITE)
    c.line(shapes.move(cable, 3, 4), 6, shade(STEEL, 0.2), 0.5)
    c.solid(shapes.box(756, 716, 48, 70, 10), sheet(STEEL, 0.5))
    c.solid(shapes.box(446, 232, 48, 56, 8), sheet(STEEL, 0.5))
    body = shapes.box(322, 270, 330, 506, 52)
    c.solid(body, sheet(colour, 0.6))
    c.fill(shapes.box(346, 294, 282, 458, 38), tint(colour, 0.1), 0.6)
    for i in range(4):
        c.fill(
            shapes.ellipse(424 + i * 42, 690, 11, 11),
            from_hex("#8fe39a") if i < 3 else shade(colour, 0.5),
        )
    c.fill(
        [(506, 400), (436, 532), (486, 532), (466, 630), (544, 484), (492, 484), (524, 400)],
        tint(colour, 0.8),
    )
    c.shine([(352, 330), (352, 560)], 14, 0.5)


@motif("battery")
def battery(c: Canvas) -> None:
    """Paint dry cells."""
    colour = c.accent()
    c.stand(505, 774, 260)
    for i, x in enumerate((350, 500, 650)):
        c.solid(shapes.box(x - 24, 322, 48, 40, 8), tube(STEEL, 0.7))
        body = shapes.box(x - 64, 350, 128, 426, 16)
        c.solid(body, tube(DARK if i % 2 else colour, 0.6))
        c.fill(shapes.box(x - 64, 350, 128, 110, 14), tube(from_hex("#e0a94a"), 0.7))
        c.line([(x - 20, 404), (x + 20, 404)], 9, DARK)
        c.line([(x, 384), (x, 424)], 9, DARK)
        sign(c, "star", x, 620, 40, WHITE)


@motif("car_battery")
def car_battery(c: Canvas) -> None:
    """Paint a storage battery."""
    colour = c.accent()
    c.stand(505, 774, 280)
    c.solid(shapes.box(230, 460, 530, 314, 20), sheet(DARK, 0.6))
    c.solid(shapes.box(216, 420, 558, 86, 20), sheet(tint(DARK, 0.14), 0.5))
    for x, tone in ((320, from_hex("#d9502f")), (672, from_hex("#4b6fa8"))):
        c.solid(shapes.box(x - 44, 380, 88, 44, 10), tone)
        c.solid(shapes.box(x - 22, 348, 44, 44, 10), tube(STEEL, 0.7))
    c.fill(shapes.box(290, 550, 410, 176, 22), colour)
    c.fill(
        [(510, 566), (440, 652), (490, 652), (470, 712), (552, 624), (500, 624), (530, 566)], WHITE
    )


@motif("extension")
def extension(c: Canvas) -> None:
    """Paint a power extension with its lead."""
    body = from_hex("#f4efe6")
    c.stand(505, 762, 300)
    c.line(
        shapes.blob(
            [(760, 650), (850, 600), (820, 480), (640, 440), (520, 500), (380, 460), (300, 380)],
            closed=False,
        ),
        22,
        DARK,
    )
    c.solid(shapes.box(232, 320, 110, 90, 26), sheet(DARK, 0.5))
    for y in (340, 386):
        c.line([(228, y), (196, y)], 14, STEEL)
    c.solid(shapes.rounded([(200, 570), (790, 570), (810, 760), (180, 760)], 32), sheet(body, 0.5))
    for i in range(4):
        x = 270 + i * 130
        c.fill(shapes.box(x - 48, 604, 104, 116, 20), shade(body, 0.12))
        c.fill(shapes.box(x - 7, 620, 20, 34, 4), DARK)
        c.fill(shapes.box(x - 32, 672, 28, 16, 4), DARK)
        c.fill(shapes.box(x + 12, 672, 28, 16, 4), DARK)
    c.fill(shapes.box(750, 636, 36, 54, 8), from_hex("#d9502f"))


@motif("gas_cylinder")
def gas_cylinder(c: Canvas) -> None:
    """Paint a cooking gas cylinder with its burner."""
    colour = c.accent()
    c.stand(505, 776, 200)
    c.line(shapes.arc(500, 350, 110, 70, 180, 360), 26, shade(colour, 0.2))
    c.line([(390, 350), (390, 410)], 26, shade(colour, 0.2))
    c.line([(610, 350), (610, 410)], 26, shade(colour, 0.3))
    c.solid(shapes.box(470, 330, 60, 80, 12), tube(from_hex("#d9a441"), 0.7))
    c.solid(shapes.box(340, 720, 320, 58, 14), tube(shade(colour, 0.3), 0.6))
    body = shapes.turned([(90, 398), (170, 430), (204, 500), (206, 640), (190, 716), (140, 750)])
    c.solid(body, tube(colour, 0.65))
    c.fill(
        shapes.arc(500, 570, 206, 20, 180, 0) + shapes.arc(500, 650, 206, 20, 0, 180),
        tint(colour, 0.7),
    )
    sign(c, "drop", 500, 624, 30, shade(colour, 0.1))
    c.soft(366, 540, 30, 130, WHITE, 0.65)
