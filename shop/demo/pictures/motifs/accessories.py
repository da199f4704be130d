"""Shoes, caps and umbrellas."""

import math

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, sheet, tube
from shop.demo.pictures.colour import WHITE, from_hex, shade, tint
from shop.demo.pictures.parts import sign
from shop.demo.pictures.registry import motif


@motif("sandals")
def sandals(c: Canvas) -> None:
    """Paint a pair of sandals from above."""
    sole, strap = from_hex("#b8794a"), c.accent()
    c.stand(505, 764, 230)
    for x, turn in ((610, 10.0), (400, -8.0)):
        with c.place(x, 500, 1.0, turn):
            foot = shapes.blob(
                [
                    (500, 220),
                    (580, 250),
                    (604, 360),
                    (576, 500),
                    (584, 640),
                    (556, 752),
                    (500, 770),
                    (444, 752),
                    (420, 640),
                    (424, 500),
                    (396, 360),
                    (420, 250),
                ]
            )
            c.fill(shapes.move(foot, 10, 14), shade(sole, 0.6))
            c.solid(foot, sheet(sole, 0.5))
            c.line(
                shapes.blob(
                    [(406, 420), (460, 330), (500, 296), (540, 330), (596, 420)], closed=False
                ),
                46,
                sheet(strap, 0.5),
            )
            c.line(
                shapes.blob([(418, 600), (500, 560), (584, 600)], closed=False),
                44,
                sheet(shade(strap, 0.1), 0.5),
            )
            for i in range(7):
                t = i / 6
                c.fill(
                    shapes.ellipse(424 + 152 * t, 400 - 96 * math.sin(math.pi * t), 11, 11),
                    c.accent(1 + i % 3),
                )
            for i in range(5):
                c.fill(
                    shapes.ellipse(440 + 30 * i, 584 - 18 * math.sin(math.pi * i / 4), 10, 10),
                    c.accent(1 + i % 3),
                )


@motif("shoes")
def shoes(c: Canvas) -> None:
    """Paint black school shoes."""
    colour = from_hex("#37333b")
    c.stand(505, 770, 290)
    for dx, dy, tone in ((60, -80, 0.3), (-20, 0, 0.0)):
        hue = shade(colour, tone)
        upper = shapes.move(
            shapes.blob(
                [
                    (250, 440),
                    (380, 440),
                    (450, 500),
                    (600, 600),
                    (760, 640),
                    (800, 720),
                    (240, 720),
                    (226, 580),
                ],
                steps=8,
            ),
            dx,
            dy,
        )
        c.solid(upper, sheet(hue, 0.6))
        c.solid(
            shapes.move(shapes.box(222, 706, 590, 60, 24), dx, dy),
            sheet(shade(WHITE, tone * 0.3), 0.4),
        )
        c.fill(shapes.move(shapes.box(222, 740, 590, 12, 4), dx, dy), tint(hue, 0.2))
        c.fill(shapes.move(shapes.ellipse(316, 448, 70, 20), dx, dy), shade(hue, 0.6))
        for i in range(4):
            c.line(
                shapes.move([(430 + i * 48, 500 + i * 34), (470 + i * 48, 470 + i * 44)], dx, dy),
                13,
                WHITE,
            )


@motif("cap")
def cap(c: Canvas) -> None:
    """Paint a cap."""
    colour = c.accent()
    c.stand(520, 740, 280)
    c.solid(
        shapes.blob(
            [(560, 640), (720, 620), (850, 670), (860, 716), (700, 724), (540, 716)], steps=8
        ),
        sheet(shade(colour, 0.25), 0.5),
    )
    dome = [*shapes.arc(460, 660, 250, 260, 180, 360), (710, 700), (460, 736), (210, 700)]
    c.solid(dome, ball(colour, 0.6))
    with c.within(dome):
        for bend in (-130, 10, 150):
            c.line(
                shapes.blob([(460, 400), (460 + bend, 540), (460 + bend * 1.2, 730)], closed=False),
                6,
                shade(colour, 0.4),
                0.6,
            )
    c.solid(shapes.ellipse(460, 402, 22, 14), tint(colour, 0.3))
    sign(c, "sun", 500, 590, 56, tint(c.accent(1), 0.4))


@motif("socks")
def socks(c: Canvas) -> None:
    """Paint striped socks."""
    c.stand(505, 770, 230)
    for x, tone in ((560, 1), (400, 0)):
        colour = c.accent(tone)
        sock = shapes.blob(
            [
                (x - 80, 250),
                (x + 80, 250),
                (x + 76, 540),
                (x + 160, 640),
                (x + 190, 730),
                (x + 110, 770),
                (x - 40, 690),
                (x - 80, 560),
            ],
            steps=8,
        )
        c.solid(sock, sheet(colour, 0.5))
        with c.within(sock):
            for y in (330, 400, 470):
                c.fill(shapes.box(x - 100, y, 300, 30), tint(c.accent(2), 0.4))
            c.fill(shapes.ellipse(x + 176, 740, 80, 76), c.accent(3))
        c.fill(shapes.box(x - 84, 244, 168, 50, 14), tint(colour, 0.35))


@motif("umbrella")
def umbrella(c: Canvas) -> None:
    """Paint an open umbrella."""
    c.stand(505, 776, 150)
    c.line(
        [(500, 230), (500, 720), *shapes.arc(456, 720, 44, 44, 0, 180)],
        18,
        tube(from_hex("#7a5238"), 0.5),
    )
    top = (500.0, 230.0)
    xs = [170, 302, 434, 566, 698, 830]
    for i in range(5):
        a, b = xs[i], xs[i + 1]
        left = shapes.blob([top, (500 + (a - 500) * 0.7, 300), (a, 520)], closed=False)
        scallop = shapes.arc((a + b) / 2, 520, (b - a) / 2, 26, 180, 360)
        right = shapes.blob([(b, 520), (500 + (b - 500) * 0.7, 300), top], closed=False)
        c.fill(left + scallop + right, sheet(shade(c.accent(i % 2), 0.06 * i), 0.4))
    c.fill(shapes.ellipse(500, 224, 10, 20), from_hex("#7a5238"))
