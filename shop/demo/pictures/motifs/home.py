"""Things for cleaning and keeping a home."""

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, fade, sheet, tube
from shop.demo.pictures.colour import WHITE, from_hex, mix, shade, tint
from shop.demo.pictures.parts import STEEL, WOOD, sign
from shop.demo.pictures.registry import motif


@motif("bucket")
def bucket(c: Canvas) -> None:
    """Paint a plastic bucket."""
    colour = c.accent()
    c.stand(505, 774, 210)
    c.line(shapes.arc(500, 420, 250, 190, 190, 350), 15, shade(STEEL, 0.3))
    body = shapes.rounded([(254, 420), (746, 420), (690, 776), (310, 776)], [4, 4, 30, 30])
    c.solid(body, tube(colour, 0.6))
    c.fill(
        [*shapes.arc(500, 520, 238, 24, 0, 180), *shapes.arc(500, 496, 242, 24, 180, 0)],
        shade(colour, 0.2),
        0.7,
    )
    c.fill(shapes.ellipse(500, 420, 264, 56), tint(colour, 0.4))
    c.fill(shapes.ellipse(500, 424, 236, 44), shade(colour, 0.35))
    c.fill(shapes.ellipse(500, 436, 222, 33), fade(from_hex("#a8d3de"), from_hex("#6fb2c6")))
    c.line(shapes.arc(480, 438, 120, 14, 190, 270), 7, WHITE, 0.8)
    c.soft(330, 620, 32, 140, WHITE, 0.5)


@motif("basin")
def basin(c: Canvas) -> None:
    """Paint a wide wash basin with suds."""
    colour = c.accent()
    c.stand(505, 770, 290)
    body = shapes.rounded([(160, 540), (840, 540), (730, 772), (270, 772)], [4, 4, 70, 70])
    c.solid(body, tube(colour, 0.6))
    c.fill(shapes.ellipse(500, 540, 350, 64), tint(colour, 0.4))
    c.fill(shapes.ellipse(500, 543, 322, 52), shade(colour, 0.32))
    c.fill(shapes.ellipse(500, 548, 306, 44), from_hex("#9fcfdd"))
    for i in range(26):
        x = 330 + (i * 47) % 340
        r = c.vary(24, 56)
        c.solid(
            shapes.ellipse(x, 520 - c.vary(-10, 46), r, r, steps=30),
            ball(from_hex("#f4f8f8"), 0.25),
            strength=0.06,
        )
    c.soft(260, 650, 40, 90, WHITE, 0.45)


@motif("broom")
def broom(c: Canvas) -> None:
    """Paint a broom."""
    colour = c.accent()
    c.stand(505, 776, 170)
    with c.place(500, 500, 1.0, 9):
        c.line([(500, 175), (500, 560)], 28, tube(WOOD, 0.5))
        c.solid(
            shapes.rounded([(446, 540), (554, 540), (600, 620), (400, 620)], 16), tube(colour, 0.5)
        )
        straw = from_hex("#e0b565")
        c.solid([(400, 616), (600, 616), (680, 790), (320, 790)], fade(straw, shade(straw, 0.25)))
        for i in range(24):
            x = 404 + i * 8.4
            c.line(
                [(x, 616), (500 + (x - 500) * 1.8, 790 + (i % 3) * 8)],
                4,
                shade(straw, 0.35 if i % 2 else 0.05),
                0.8,
            )
        c.line([(384, 650), (616, 650)], 10, colour)


@motif("soap_bar")
def soap_bar(c: Canvas) -> None:
    """Paint bars of soap with bubbles."""
    colour = mix(c.accent(), WHITE, c.vary(0.1, 0.4))
    c.stand(505, 762, 270)
    for x, y, turn, tone in ((540, 610, -5.0, tint(colour, 0.5)), (470, 680, 3.0, colour)):
        with c.place(x, y, 1, turn):
            c.solid(shapes.box(240, 440, 520, 140, 56), shade(tone, 0.2))
            c.solid(shapes.box(240, 420, 520, 120, 56), sheet(tone, 0.5))
            c.fill(shapes.box(290, 438, 420, 78, 38), tint(tone, 0.25), 0.7)
            sign(c, "flower", 500, 478, 30, shade(tone, 0.25))
    for x, y, r in ((700, 470, 46), (640, 400, 28), (735, 385, 20), (330, 520, 34)):
        c.fill(shapes.ellipse(x, y, r, r), WHITE, 0.4)
        c.line(shapes.arc(x, y, r * 0.95, r * 0.95, 0, 360), 4, WHITE, 0.7)
        c.fill(shapes.ellipse(x - r * 0.35, y - r * 0.35, r * 0.2, r * 0.2), WHITE, 0.9)


@motif("laundry_soap")
def laundry_soap(c: Canvas) -> None:
    """Paint long bars of laundry soap."""
    colour = c.accent()
    c.stand(505, 762, 290)
    for x, y, tone in ((500, 690, colour), (470, 590, tint(colour, 0.25)), (520, 490, colour)):
        c.fill(
            [(x + 260, y - 30), (x + 310, y - 66), (x + 310, y + 22), (x + 260, y + 66)],
            shade(tone, 0.4),
        )
        c.fill(
            [(x - 270, y - 30), (x - 220, y - 66), (x + 310, y - 66), (x + 260, y - 30)],
            tint(tone, 0.4),
        )
        c.fill(shapes.box(x - 270, y - 30, 530, 96, 8), sheet(tone, 0.4))
        for i in range(3):
            sign(c, "star", x - 150 + i * 150, y + 18, 26, tint(tone, 0.6))


@motif("tissue")
def tissue(c: Canvas) -> None:
    """Paint rolls of tissue paper."""
    paper = from_hex("#f8f3ea")
    c.stand(505, 770, 270)
    for x, y in ((500, 520), (390, 690), (620, 690)):
        c.solid(
            [*shapes.arc(x, y + 70, 112, 30, 0, 180), (x - 112, y - 70), (x + 112, y - 70)],
            tube(paper, 0.5),
        )
        for k in range(3):
            c.line(shapes.arc(x, y - 20 + k * 40, 112, 30, 20, 160), 3, c.accent(), 0.35)
        c.fill(shapes.ellipse(x, y - 70, 112, 32), WHITE)
        c.fill(shapes.ellipse(x, y - 70, 44, 13), shade(from_hex("#c9a982"), 0.2))
        c.fill(shapes.ellipse(x, y - 66, 36, 9), shade(from_hex("#8a6a50"), 0.3))


@motif("mosquito_net")
def mosquito_net(c: Canvas) -> None:
    """Paint a bed under a mosquito net."""
    colour = c.accent()
    c.stand(505, 772, 310)
    c.solid(shapes.box(240, 640, 530, 96, 20), sheet(tint(colour, 0.7), 0.4))
    c.fill(shapes.box(240, 680, 530, 70, 16), sheet(colour, 0.4))
    c.solid(shapes.box(270, 596, 150, 62, 28), sheet(WHITE, 0.3))
    c.line([(250, 750), (250, 780)], 22, WOOD)
    c.line([(756, 750), (756, 780)], 22, WOOD)
    net = shapes.blob([(500, 190), (560, 240), (640, 460), (800, 760)], closed=False) + shapes.blob(
        [(200, 760), (360, 460), (440, 240), (500, 190)], closed=False
    )
    c.fill(net, WHITE, 0.42)
    with c.within(net):
        for i in range(-9, 10):
            c.line(
                shapes.blob(
                    [(500 + i * 3, 200), (500 + i * 14, 460), (500 + i * 34, 770)], closed=False
                ),
                4,
                WHITE,
                0.55,
            )
    c.solid(shapes.ellipse(500, 232, 66, 20), sheet(colour, 0.4))


@motif("blanket")
def blanket(c: Canvas) -> None:
    """Paint a folded stack of blankets."""
    c.stand(505, 772, 280)
    for i in range(4):
        y, colour = 690 - i * 88, c.accent(i)
        layer = shapes.box(232 + c.vary(-10, 10), y, 540, 90, 42)
        c.solid(layer, sheet(colour, 0.55))
        with c.within(layer):
            for k in range(3):
                c.fill(shapes.box(300 + k * 46, y, 20, 90), tint(colour, 0.6), 0.75)
        c.line([(300, y + 46), (756, y + 46)], 5, shade(colour, 0.45), 0.5)


@motif("mattress")
def mattress(c: Canvas) -> None:
    """Paint a mattress with a quilted cover."""
    colour = c.accent()
    c.stand(510, 772, 330)
    c.fill([(170, 590), (380, 440), (840, 440), (700, 590)], tint(colour, 0.66))
    with c.within([(170, 590), (380, 440), (840, 440), (700, 590)]):
        for i in range(-8, 16):
            c.line([(170 + i * 80, 600), (430 + i * 80, 430)], 5, tint(colour, 0.25), 0.7)
            c.line([(120 + i * 80, 430), (230 + i * 80, 600)], 5, tint(colour, 0.25), 0.7)
    c.solid(
        shapes.rounded([(160, 586), (704, 586), (704, 768), (160, 768)], 26), sheet(colour, 0.4)
    )
    c.solid(
        shapes.rounded([(700, 588), (846, 440), (846, 612), (704, 766)], 14), shade(colour, 0.35)
    )
    for y in (606, 748):
        c.line([(176, y), (690, y)], 9, tint(colour, 0.7))


@motif("lamp")
def lamp(c: Canvas) -> None:
    """Paint a table lamp that is lit."""
    colour = c.accent()
    c.soft(500, 400, 430, 400, from_hex("#fff0c0"), 0.8)
    c.stand(505, 772, 150)
    c.solid(
        shapes.turned([(20, 500), (34, 560), (96, 640), (110, 700), (70, 772)]), tube(colour, 0.6)
    )
    c.fill(shapes.box(388, 756, 224, 24, 12), shade(colour, 0.3))
    c.solid(
        shapes.rounded([(395, 250), (605, 250), (712, 510), (288, 510)], 14),
        fade(from_hex("#fff3d2"), from_hex("#f6cf7f")),
    )
    c.fill(shapes.box(284, 494, 432, 18, 9), shade(colour, 0.1))
    c.soft(452, 640, 20, 60, WHITE, 0.6)


@motif("padlock")
def padlock(c: Canvas) -> None:
    """Paint a padlock with its key."""
    brass = from_hex("#d9a441")
    c.stand(480, 770, 190)
    c.line(
        [(372, 500), (372, 400), *shapes.arc(480, 400, 108, 118, 180, 360), (588, 500)],
        46,
        tube(STEEL, 0.8),
    )
    c.solid(shapes.box(296, 470, 370, 300, 48), sheet(brass, 0.7))
    c.fill(shapes.box(296, 520, 370, 16), shade(brass, 0.3), 0.6)
    c.fill(shapes.ellipse(480, 620, 34, 34), shade(brass, 0.75))
    c.fill([(468, 630), (492, 630), (500, 704), (460, 704)], shade(brass, 0.75))
    c.line([(720, 640), (720, 760)], 24, STEEL)
    c.line([(720, 716), (752, 716)], 18, STEEL)
    c.line([(720, 752), (758, 752)], 18, STEEL)
    c.line(shapes.arc(720, 590, 44, 48, 0, 360), 24, sheet(c.accent(), 0.5))
