"""Packets, jars and bottles that many products come in."""

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, ball, fade, sheet, tube
from shop.demo.pictures.colour import WHITE, Colour, mix, shade, tint
from shop.demo.pictures.parts import band, lid, sign, words

CREAM: Colour = (250, 243, 226)


def jar(c: Canvas, content: Colour, emblem: str, cap: Colour, label: Colour = CREAM) -> None:
    """Paint a glass jar with a screw lid and a paper label."""
    c.stand(505, 772, 180)
    body = shapes.turned(
        [(120, 330), (132, 352), (176, 392), (182, 440), (182, 720), (172, 758), (130, 776)],
        smooth=False,
    )
    body = shapes.rounded(body, 26)
    c.solid(body, tube(content, 0.55))
    with c.within(body):
        c.fill(shapes.box(300, 320, 400, 62), tint(content, 0.6), 0.55)
        c.soft(600, 690, 140, 180, tint(content, 0.5), 0.4)
    round_label = band(500, 182, 470, 690)
    c.fill(round_label, tube(label, 0.3))
    sign(c, emblem, 500, 566, 54, cap)
    words(c, 500, 645, 130, shade(cap, 0.35), 2)
    lid(c, 500, 268, 140, 74, cap)
    c.shine([(346, 420), (342, 560), (348, 700)], 16, 0.6)


def bottle(
    c: Canvas,
    content: Colour,
    emblem: str,
    cap: Colour,
    *,
    tall: bool = False,
    label: Colour = CREAM,
) -> None:
    """Paint a bottle with a label; tall for oil and juice, squat for sauce."""
    top, half = (210, 118) if tall else (260, 140)
    c.stand(505, 778, half + 10)
    profile = [
        (38, top + 50),
        (40, top + 110),
        (half * 0.62, top + 170),
        (half, top + 245),
        (half, 735),
        (half * 0.9, 778),
    ]
    body = shapes.rounded(
        shapes.turned(profile, smooth=False), [8, 30, 60, 60, 24, 24, 24, 24, 60, 60, 30, 8]
    )
    c.solid(body, tube(content, 0.6), rim=0.05)
    c.fill(band(500, half, 530, 706), tube(label, 0.3))
    sign(c, emblem, 500, 604, 44, cap)
    words(c, 500, 664, half * 0.95, shade(cap, 0.3), 2)
    c.solid(shapes.box(452, top, 96, 66, 12), tube(cap, 0.6))
    c.fill(shapes.box(448, top + 60, 104, 14, 7), shade(cap, 0.25))
    c.shine(
        [(500 - half * 0.62, top + 210), (500 - half * 0.8, 460), (500 - half * 0.8, 510)], 15, 0.6
    )


def pouch(
    c: Canvas, colour: Colour, emblem: str, badge: Colour = CREAM, *, window: Colour | None = None
) -> None:
    """Paint a stand-up packet with crimped top; a window may show what is inside."""
    c.stand(505, 776, 195)
    body = shapes.blob(
        [
            (330, 262),
            (500, 254),
            (670, 262),
            (684, 420),
            (700, 600),
            (690, 770),
            (500, 782),
            (310, 770),
            (300, 600),
            (316, 420),
        ],
        steps=6,
    )
    c.solid(body, tube(colour, 0.5), rim=0.05)
    with c.within(body):
        c.fill(shapes.box(280, 250, 440, 46), shade(colour, 0.22), 0.6)
        for i in range(22):
            c.line([(316 + i * 18, 254), (316 + i * 18, 296)], 4, tint(colour, 0.4), 0.4)
        c.fill(
            shapes.blob([(280, 640), (420, 612), (600, 655), (740, 620), (740, 800), (280, 800)]),
            shade(colour, 0.3),
            0.55,
        )
        c.soft(388, 470, 60, 230, WHITE, 0.28)
    c.fill(shapes.ellipse(500, 462, 122, 122), shade(colour, 0.2), 0.35)
    c.fill(shapes.ellipse(496, 456, 120, 120), sheet(badge, 0.2))
    sign(c, emblem, 496, 456, 72, mix(colour, shade(colour, 0.5), 0.4))
    words(c, 500, 612, 190, CREAM, 2)
    if window:
        c.fill(shapes.ellipse(500, 712, 92, 36), shade(window, 0.3))
        with c.within(shapes.ellipse(500, 712, 88, 33)):
            for _ in range(70):
                c.fill(
                    shapes.ellipse(
                        c.vary(410, 590), c.vary(680, 745), 13, 9, c.vary(0, 180), steps=12
                    ),
                    mix(shade(window, 0.15), tint(window, 0.45), c.vary(0, 1)),
                )


def paper_bag(
    c: Canvas, paper: Colour, emblem: str, ink: Colour, spill: Colour | None = None
) -> None:
    """Paint a block-bottom paper bag such as flour or coffee comes in."""
    c.stand(505, 778, 190)
    side = [(640, 262), (700, 292), (706, 760), (650, 780)]
    c.fill(side, shade(paper, 0.34))
    front = shapes.rounded([(318, 262), (642, 262), (654, 780), (312, 780)], 10)
    c.solid(front, sheet(paper, 0.4), strength=0.06)
    c.fill(
        shapes.rounded([(318, 240), (642, 240), (702, 272), (702, 298), (642, 330), (318, 330)], 8),
        sheet(tint(paper, 0.2), 0.4),
    )
    c.line([(324, 330), (640, 330)], 5, shade(paper, 0.4), 0.5)
    c.fill(shapes.box(340, 392, 288, 300, 26), ink)
    c.fill(shapes.ellipse(484, 494, 84, 84), CREAM)
    sign(c, emblem, 484, 494, 56, ink)
    words(c, 484, 618, 180, CREAM, 2)
    if spill:
        c.shadow(320, 786, 120, 18, 0.4)
        for _ in range(26):
            c.fill(
                shapes.ellipse(
                    c.vary(215, 420), c.vary(764, 792), 15, 10, c.vary(0, 180), steps=14
                ),
                mix(shade(spill, 0.2), tint(spill, 0.3), c.vary(0, 1)),
            )


def tin(c: Canvas, colour: Colour, emblem: str, *, squat: bool = False) -> None:
    """Paint a tin with a paper band."""
    half, top = (205, 430) if squat else (158, 300)
    c.stand(505, 772, half)
    steel = (205, 208, 206)
    c.solid(
        [*shapes.arc(500, 748, half, 26, 0, 180), (500 - half, top), (500 + half, top)],
        tube(steel, 0.7),
    )
    c.fill(band(500, half, top + 28, 728, 24), tube(colour, 0.55))
    c.fill(band(500, half, 640, 690, 24), tube(tint(colour, 0.55), 0.4))
    c.fill(shapes.ellipse(500, top, half, 30), tint(steel, 0.4))
    c.fill(shapes.ellipse(500, top + 2, half * 0.9, 24), shade(steel, 0.16))
    c.fill(shapes.ellipse(500, top + 6, half * 0.84, 19), tint(steel, 0.22))
    middle = (top + 28 + 640) / 2 + 14
    c.fill(shapes.ellipse(500, middle, 84, 84), CREAM)
    sign(c, emblem, 500, middle, 56, shade(colour, 0.2))
    c.soft(500 - half * 0.55, 520, half * 0.22, 230, WHITE, 0.4)


def carton(c: Canvas, colour: Colour, emblem: str, ground: Colour = CREAM) -> None:
    """Paint a gable-top carton: milk, juice."""
    c.stand(510, 778, 170)
    c.fill([(600, 388), (682, 362), (682, 752), (600, 780)], shade(ground, 0.32))
    c.fill([(600, 596), (682, 570), (682, 752), (600, 780)], shade(colour, 0.4))
    c.fill(shapes.box(340, 388, 262, 392), sheet(ground, 0.25))
    c.fill(
        [(340, 640), (420, 598), (520, 640), (602, 596), (602, 780), (340, 780)], sheet(colour, 0.4)
    )
    c.fill([(340, 388), (602, 388), (585, 268), (372, 268)], fade(tint(colour, 0.1), colour))
    c.fill([(602, 388), (682, 362), (585, 268)], shade(colour, 0.42))
    c.fill(shapes.box(366, 222, 224, 50, 6), sheet(tint(colour, 0.2), 0.4))
    sign(c, emblem, 471, 500, 74, colour)
    words(c, 471, 690, 150, CREAM, 2)
    c.soft(372, 520, 36, 200, WHITE, 0.4)


def tub(c: Canvas, colour: Colour, emblem: str, cover: Colour) -> None:
    """Paint a round tub that widens upwards: yoghurt, margarine, cream."""
    c.stand(505, 770, 175)
    side = shapes.rounded(
        [(310, 430), (690, 430), (654, 756), (610, 778), (390, 778), (346, 756)],
        [4, 4, 22, 22, 22, 22],
    )
    c.solid(side, tube(colour, 0.45))
    with c.within(side):
        c.fill(
            shapes.blob(
                [(280, 640), (400, 600), (520, 650), (640, 600), (740, 640), (740, 820), (280, 820)]
            ),
            cover,
            0.9,
        )
        c.soft(366, 580, 36, 180, WHITE, 0.5)
    sign(c, emblem, 500, 548, 70, cover)
    words(c, 500, 690, 150, CREAM, 2)
    c.solid([*shapes.arc(500, 432, 212, 26, 0, 180), (288, 402), (712, 402)], tube(cover, 0.5))
    c.fill(shapes.ellipse(500, 402, 212, 34), tint(cover, 0.3))
    c.fill(shapes.ellipse(500, 403, 186, 26), tint(cover, 0.12))


def pack(
    c: Canvas, colour: Colour, emblem: str, panel: Colour = CREAM, *, wide: bool = True
) -> None:
    """Paint a cardboard box seen a little from the right."""
    left, top = (262, 392) if wide else (342, 270)
    right = 660 if wide else 610
    c.stand(510, 774, (right - left) * 0.58)
    c.fill(
        [(right, top), (right + 84, top - 40), (right + 84, 736), (right, 776)], shade(colour, 0.45)
    )
    c.fill(
        [(left, top), (left + 84, top - 40), (right + 84, top - 40), (right, top)],
        tint(colour, 0.35),
    )
    c.fill(shapes.box(left, top, right - left, 776 - top), sheet(colour, 0.4))
    middle = (left + right) / 2
    c.fill(shapes.box(left + 34, top + 40, right - left - 68, (776 - top) * 0.56, 22), panel)
    height = top + 40 + (776 - top) * 0.28
    sign(c, emblem, middle, height, 72, colour)
    words(c, middle, top + (776 - top) * 0.76, (right - left) * 0.5, CREAM, 2)


def sack(c: Canvas, cloth: Colour, emblem: str, ink: Colour) -> None:
    """Paint a big woven sack tied at the neck."""
    c.stand(505, 778, 225)
    body = shapes.blob(
        [
            (430, 330),
            (570, 330),
            (690, 400),
            (736, 560),
            (728, 720),
            (690, 780),
            (500, 788),
            (310, 780),
            (272, 720),
            (264, 560),
            (310, 400),
        ]
    )
    c.solid(body, ball(cloth, 0.5))
    with c.within(body):
        for i in range(26):
            c.line([(250 + i * 20, 330), (250 + i * 20, 790)], 3, shade(cloth, 0.3), 0.22)
            c.line([(250, 330 + i * 19), (750, 330 + i * 19)], 3, tint(cloth, 0.5), 0.25)
    neck = shapes.blob([(410, 240), (470, 262), (530, 240), (600, 250), (566, 330), (434, 330)])
    c.solid(neck, sheet(tint(cloth, 0.15), 0.5))
    c.line([(428, 330), (500, 340), (572, 330)], 20, ink)
    c.fill(shapes.ellipse(500, 560, 130, 130), CREAM, 0.95)
    c.fill(shapes.ellipse(500, 560, 116, 116), ink)
    sign(c, emblem, 500, 556, 74, CREAM)
    words(c, 500, 716, 200, ink, 1)


def pump(c: Canvas, colour: Colour, emblem: str, cap: Colour) -> None:
    """Paint a bottle with a pump: lotion, hand wash."""
    c.stand(505, 778, 150)
    c.line([(500, 330), (500, 262)], 26, tube(shade(cap, 0.1), 0.5))
    c.solid(
        shapes.blob([(372, 236), (440, 216), (560, 216), (572, 262), (470, 268), (376, 262)]),
        sheet(cap, 0.5),
    )
    c.solid(shapes.box(440, 316, 120, 66, 14), tube(cap, 0.5))
    body = shapes.rounded(
        [(388, 380), (612, 380), (640, 430), (640, 780), (360, 780), (360, 430)],
        [40, 40, 40, 34, 34, 40],
    )
    c.solid(body, tube(colour, 0.5), rim=0.05)
    c.fill(band(500, 140, 486, 700), tube(CREAM, 0.25))
    sign(c, emblem, 500, 574, 56, cap)
    words(c, 500, 654, 120, shade(cap, 0.3), 2)
    c.soft(390, 600, 24, 200, WHITE, 0.5)


def tube_of(c: Canvas, colour: Colour, emblem: str, cap: Colour) -> None:
    """Paint a squeeze tube standing on its cap: toothpaste, cream."""
    c.stand(505, 776, 120)
    c.solid(shapes.box(424, 690, 152, 88, 18), tube(cap, 0.55))
    body = shapes.rounded([(352, 240), (648, 240), (592, 692), (408, 692)], [6, 6, 30, 30])
    c.solid(body, tube(colour, 0.5), rim=0.05)
    c.fill(shapes.box(350, 228, 300, 40, 6), sheet(shade(colour, 0.18), 0.4))
    for i in range(15):
        c.line([(364 + i * 19, 234), (364 + i * 19, 262)], 4, tint(colour, 0.5), 0.5)
    sign(c, emblem, 500, 410, 76, cap)
    words(c, 500, 540, 150, cap, 2)
    c.shine([(398, 320), (424, 520)], 22, 0.55)
