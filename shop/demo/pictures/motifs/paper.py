"""Books, stationery and school things."""

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, fade, sheet, tube
from shop.demo.pictures.colour import WHITE, Colour, from_hex, mix, shade, tint
from shop.demo.pictures.parts import STEEL, sign, words
from shop.demo.pictures.registry import Motif, motif

PAGE: Colour = from_hex("#f8f1e1")


def _cover(c: Canvas, colour: Colour, draw: str) -> None:
    """Paint a book standing a little turned, with a drawing on the cover."""
    c.stand(510, 778, 210)
    c.fill([(672, 256), (716, 230), (716, 742), (672, 776)], PAGE)
    for i in range(5):
        c.line([(678 + i * 8, 252 - i * 4), (678 + i * 8, 770 - i * 6)], 2, shade(PAGE, 0.3), 0.6)
    c.fill([(310, 250), (356, 222), (718, 226), (674, 254)], shade(PAGE, 0.1))
    c.solid(shapes.box(300, 250, 376, 528, 10), sheet(colour, 0.45))
    c.fill(shapes.box(300, 250, 40, 528), shade(colour, 0.3), 0.7)
    ground = shapes.box(372, 396, 270, 270, 20)
    c.fill(ground, tint(colour, 0.72))
    with c.within(ground):
        COVERS[draw](c, colour)
    words(c, 506, 318, 230, PAGE, 2)
    words(c, 506, 716, 120, PAGE, 1)


def _savanna(c: Canvas, colour: Colour) -> None:
    c.fill(shapes.box(360, 390, 300, 300), fade(from_hex("#f9cf7a"), from_hex("#ee8a52")))
    c.fill(shapes.ellipse(520, 560, 66, 66), from_hex("#fff0c4"))
    c.fill(shapes.box(360, 600, 300, 80), from_hex("#7d4a34"))
    c.line([(440, 610), (446, 500)], 12, from_hex("#4a2c28"))
    c.fill(shapes.ellipse(446, 490, 76, 22), from_hex("#4a2c28"))
    c.fill(shapes.ellipse(430, 468, 50, 16), from_hex("#4a2c28"))


def _city(c: Canvas, colour: Colour) -> None:
    c.fill(shapes.box(360, 390, 300, 300), fade(from_hex("#bfe0e6"), from_hex("#f9e3bb")))
    for i, high in enumerate((120, 190, 150, 220, 110)):
        x = 378 + i * 52
        c.fill(shapes.box(x, 670 - high, 46, high), c.accent(i))
        for k in range(high // 40):
            c.fill(shapes.box(x + 12, 684 - high + k * 40, 20, 14), tint(c.accent(i), 0.7))


def _story(c: Canvas, colour: Colour) -> None:
    c.fill(shapes.box(360, 390, 300, 300), fade(from_hex("#32406e"), from_hex("#7a5a8c")))
    c.fill(shapes.ellipse(560, 470, 44, 44), from_hex("#ffe9b0"))
    c.fill(shapes.ellipse(578, 458, 40, 40), from_hex("#3b4674"))
    for x, y in ((420, 450), (470, 510), (400, 540), (610, 560)):
        c.fill(shapes.star(x, y, 12, 4, 4), WHITE)
    c.fill(
        shapes.blob([(360, 640), (450, 580), (560, 630), (660, 590), (660, 700), (360, 700)]),
        from_hex("#2b5a4a"),
    )


def _cook(c: Canvas, colour: Colour) -> None:
    c.fill(shapes.ellipse(507, 570, 96, 36), shade(colour, 0.3))
    c.fill([*shapes.arc(507, 550, 104, 90, 0, 180)], c.accent(1))
    for x in (470, 510, 550):
        c.line(
            shapes.blob([(x, 510), (x + 12, 480), (x - 6, 450), (x + 8, 425)], closed=False),
            9,
            c.accent(2),
        )


def _sums(c: Canvas, colour: Colour) -> None:
    for x, y, name in (
        (440, 465, "star"),
        (575, 465, "sun"),
        (440, 600, "heart"),
        (575, 600, "fruit"),
    ):
        sign(c, name, x, y, 48, c.accent((x + y) % 4))


COVERS = {"savanna": _savanna, "city": _city, "story": _story, "cook": _cook, "sums": _sums}


def _book(name: str) -> Motif:
    return lambda c: _cover(c, c.accent(), name)


for _name in COVERS:
    motif(f"book_{_name}")(_book(_name))


@motif("notebook")
def notebook(c: Canvas) -> None:
    """Paint a stack of exercise books."""
    c.stand(505, 774, 230)
    for i, turn in enumerate((7.0, -6.0, 1.0)):
        colour = c.accent(i)
        with c.place(500 + (i - 1) * 10, 500 - i * 8, 1.0, turn):
            c.solid(shapes.box(300, 240, 400, 530, 16), sheet(colour, 0.45))
            c.fill(shapes.box(300, 240, 46, 530, 12), shade(colour, 0.3), 0.7)
    c.fill(shapes.box(400, 330, 240, 150, 16), PAGE)
    for y in (372, 408, 444):
        c.line([(424, y), (616, y)], 5, c.accent(2), 0.7)
    sign(c, "star", 520, 610, 64, tint(c.accent(2), 0.7))


@motif("pencils")
def pencils(c: Canvas) -> None:
    """Paint coloured pencils in a box."""
    c.stand(505, 774, 210)
    for i in range(7):
        colour = c.accent(i) if i < 5 else (from_hex("#3f7d4f"), from_hex("#e88a34"))[i - 5]
        x, top = 332 + i * 56, 300 + (i * 37) % 60
        c.fill([(x - 24, top + 70), (x + 24, top + 70), (x, top - 16)], from_hex("#ecc894"))
        c.fill([(x - 9, top + 14), (x + 9, top + 14), (x, top - 16)], colour)
        c.fill(shapes.box(x - 24, top + 66, 48, 300), tube(colour, 0.6))
        c.line([(x - 8, top + 72), (x - 8, 600)], 4, tint(colour, 0.6), 0.7)
    c.solid(shapes.box(284, 540, 436, 236, 18), sheet(c.accent(1), 0.5))
    c.fill(shapes.box(320, 580, 364, 120, 20), PAGE)
    sign(c, "sun", 400, 640, 44, c.accent(1))
    words(c, 560, 622, 170, c.accent(1), 2)


@motif("pens")
def pens(c: Canvas) -> None:
    """Paint ballpoint pens."""
    c.stand(505, 752, 270)
    for i, (y, turn) in enumerate(((520, -24.0), (610, -15.0), (700, -5.0))):
        colour = (from_hex("#2f4f9a"), from_hex("#26262c"), from_hex("#c8382f"))[i]
        with c.place(500, y, 1.0, turn):
            c.solid(shapes.box(270, 476, 440, 50, 14), fade(WHITE, shade(PAGE, 0.16)))
            c.fill([(270, 480), (200, 501), (270, 522)], STEEL)
            c.solid(shapes.box(560, 468, 190, 66, 20), fade(tint(colour, 0.25), shade(colour, 0.3)))
            c.line([(590, 462), (740, 462)], 13, colour)
            c.line([(290, 492), (550, 492)], 6, WHITE)


@motif("backpack")
def backpack(c: Canvas) -> None:
    """Paint a school bag."""
    colour = c.accent()
    c.stand(505, 774, 220)
    c.line(shapes.arc(500, 300, 66, 70, 180, 360), 26, shade(colour, 0.4))
    for side in (-1, 1):
        c.line(
            shapes.blob(
                [(500 + side * 160, 400), (500 + side * 250, 520), (500 + side * 230, 700)],
                closed=False,
            ),
            44,
            shade(colour, 0.4),
        )
    body = shapes.blob(
        [
            (350, 320),
            (500, 270),
            (650, 320),
            (712, 500),
            (716, 700),
            (670, 774),
            (330, 774),
            (284, 700),
            (288, 500),
        ]
    )
    c.solid(body, ball(colour, 0.5))
    c.line(shapes.arc(500, 520, 180, 190, 195, 345), 10, tint(colour, 0.5))
    c.solid(shapes.box(336, 540, 328, 206, 44), sheet(c.accent(1), 0.5))
    c.line([(350, 590), (650, 590)], 9, tint(c.accent(1), 0.6))
    c.fill(shapes.box(560, 584, 18, 48, 8), STEEL)
    sign(c, "star", 500, 430, 46, tint(colour, 0.65))


@motif("ruler_set")
def ruler_set(c: Canvas) -> None:
    """Paint a geometry set."""
    colour = c.accent()
    c.stand(505, 770, 250)
    c.solid([(260, 320), (260, 760), (700, 760)], sheet(tint(colour, 0.3), 0.5))
    c.fill([(330, 480), (330, 700), (550, 700)], tint(c.ground, 0.3))
    for i in range(18):
        c.line(
            [(268, 350 + i * 22), (268 + (24 if i % 5 == 0 else 14), 350 + i * 22)],
            4,
            shade(colour, 0.4),
        )
    with c.place(600, 470, 1.0, -38):
        c.solid(shapes.box(230, 460, 540, 86, 10), sheet(c.accent(1), 0.4))
        for i in range(26):
            c.line(
                [(246 + i * 20, 464), (246 + i * 20, 464 + (38 if i % 5 == 0 else 22))], 4, WHITE
            )


@motif("paint_set")
def paint_set(c: Canvas) -> None:
    """Paint a box of water colours with a brush."""
    c.stand(505, 768, 290)
    c.solid(shapes.box(210, 470, 580, 294, 30), sheet(from_hex("#f4efe6"), 0.4))
    hues = [*c.palette.accents, from_hex("#f0d24a"), from_hex("#5fa8d0"), from_hex("#3a3a40")]
    for i, hue in enumerate(hues):
        x, y = 290 + (i % 4) * 140, 550 + (i // 4) * 124
        c.fill(shapes.ellipse(x, y + 5, 52, 48), shade(from_hex("#e6ddcc"), 0.25))
        c.fill(shapes.ellipse(x, y, 48, 43), ball(hue, 0.5))
    with c.place(560, 400, 1.0, -18):
        c.line([(330, 500), (760, 500)], 24, c.accent(), 1, 16)
        c.fill(shapes.box(270, 486, 74, 28, 4), STEEL)
        c.fill(shapes.leaf(280, 500, 90, 36, 180), from_hex("#4a3438"))


@motif("envelope")
def envelope(c: Canvas) -> None:
    """Paint envelopes and paper."""
    colour = c.accent()
    c.stand(505, 764, 280)
    with c.place(540, 470, 1, 7):
        c.solid(shapes.box(280, 240, 400, 500, 8), sheet(WHITE, 0.3))
        for i in range(9):
            c.line([(330, 310 + i * 40), (630, 310 + i * 40)], 6, mix(colour, WHITE, 0.6))
    c.solid(shapes.box(210, 470, 560, 294, 14), sheet(tint(colour, 0.45), 0.4))
    c.fill([(210, 476), (490, 650), (770, 476), (760, 470), (220, 470)], tint(colour, 0.2))
    c.line([(214, 480), (490, 650), (766, 480)], 6, shade(colour, 0.2), 0.5)
    c.solid(shapes.ellipse(490, 636, 38, 38), ball(c.accent(1), 0.5))
