"""Scenes of several motifs: the wide banner of a category and the shop front of the home page."""

from collections.abc import Sequence
from random import Random

from PIL import Image

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, fade, sheet
from shop.demo.pictures.colour import LIGHT, SHADOW, WHITE, from_hex, mix, shade, tint
from shop.demo.pictures.motifs import MOTIFS
from shop.demo.pictures.palettes import PALETTES, reordered

FOOT = 775.0
WOOD = from_hex("#b0733f")
KIOSK = from_hex("#2c7f7c")
BRICK = from_hex("#cf4f35")
CREAM = from_hex("#fbf0d9")
EARTH = from_hex("#d79a63")


def stand_motif(c: Canvas, motif: str, x: float, foot: float, scale: float) -> None:
    """Stand a motif with its foot on a line of the scene."""
    with c.place(x, foot - (FOOT - 500) * scale, scale):
        MOTIFS[motif](c)


def banner(
    motifs: Sequence[str], *, seed: int, palette: str, size: tuple[int, int] = (1600, 640)
) -> Image.Image:
    """Draw a category's banner: its goods on a table, in two rows.

    Raises KeyError for a motif or palette that does not exist.
    """
    rng = Random(f"banner {seed}")
    c = Canvas(size, reordered(PALETTES[palette], rng), rng)
    _banner_ground(c, seed)
    count = len(motifs)
    span = min(c.width * 0.72, 400.0 * (count - 1))
    step = span / max(1, count - 1)
    spots = [c.width / 2 - span / 2 + step * i for i in range(count)]
    rows = sorted(zip(motifs, spots, range(count), strict=True), key=lambda spot: -(spot[2] % 2))
    for motif, x, index in rows:
        behind = index % 2 == 1
        c.palette = reordered(PALETTES[palette], rng)
        foot, scale = (800.0, 0.86) if behind else (890.0, 1.0)
        stand_motif(c, motif, x + rng.uniform(-16, 16), foot, scale * (0.92 if count > 5 else 1.0))
    return c.finished()


def _banner_ground(c: Canvas, seed: int) -> None:
    grounds = c.palette.grounds
    colour = c.ground = grounds[seed % len(grounds)]
    other = grounds[(seed + 1) % len(grounds)]
    c.fill(
        shapes.box(-10, -10, c.width + 20, 1020),
        fade(tint(colour, 0.4), mix(colour, other, 0.7), 0.6),
    )
    x = c.width * c.rng.uniform(0.3, 0.7)
    c.fill(shapes.ellipse(x, 520, 440, 440), tint(colour, 0.62), 0.7)
    for shift in (0.08, 0.8):
        c.fill(shapes.ellipse(c.width * shift, 700, 250, 250), tint(other, 0.5), 0.4)
    c.fill(
        shapes.box(-10, 720, c.width + 20, 300),
        fade(shade(colour, 0.1), tint(shade(colour, 0.03), 0.2)),
    )
    c.soft(c.width * 0.4, 900, c.width * 0.6, 200, tint(colour, 0.7), 0.5)


def shop_front(*, seed: int = 0, size: tuple[int, int] = (1800, 1100)) -> Image.Image:
    """Draw the home page's picture: a corner shop in the morning sun."""
    rng = Random(f"shop front {seed}")
    c = Canvas(size, PALETTES["market"], rng)
    middle = c.width / 2
    c.ground = EARTH
    _sky(c)
    _street(c)
    _kiosk(c, middle)
    _shelves(c, middle)
    _counter(c, middle)
    _awning(c, middle)
    _street_goods(c, middle)
    c.soft(c.width * 0.16, 120, 620, 520, LIGHT, 0.32)
    return c.finished()


def _sky(c: Canvas) -> None:
    c.fill(
        shapes.box(-10, -10, c.width + 20, 1020),
        fade(from_hex("#fdf0d2"), from_hex("#f8c994"), 0.15),
    )
    c.soft(c.width * 0.1, 190, 520, 520, WHITE, 0.8)
    c.fill(shapes.ellipse(c.width * 0.1, 250, 92, 92), from_hex("#fff6dc"))
    for base, tone, wave in ((560, "#efc592", 60), (630, "#dfae7c", 44), (700, "#b9a56e", 30)):
        ridge = shapes.blob(
            [(i * c.width / 7 - 60, base + c.rng.uniform(-wave, wave)) for i in range(9)],
            closed=False,
        )
        c.fill([*ridge, (c.width + 80, 1010), (-80, 1010)], from_hex(tone))
    for x, foot, scale in ((96.0, 690.0, 1.0), (c.width - 70, 700.0, 0.8)):
        _acacia(c, x, foot, scale)


def _acacia(c: Canvas, x: float, foot: float, scale: float) -> None:
    trunk, crown = from_hex("#6e4a33"), from_hex("#7c8d4a")
    for dx in (-46, 8, 58):
        path = shapes.blob(
            [
                (x, foot),
                (x + dx * 0.2 * scale, foot - 90 * scale),
                (x + dx * 1.5 * scale, foot - 190 * scale),
            ],
            closed=False,
        )
        c.line(path, 20 * scale, trunk, 1, 8 * scale)
    for dx, dy, rx, tone in ((-70, -190, 130, 0.16), (86, -200, 130, 0.1), (8, -228, 150, 0.0)):
        c.solid(
            shapes.ellipse(x + dx * scale, foot + dy * scale, rx * scale, 34 * scale),
            sheet(shade(crown, tone), 0.5),
        )


def _street(c: Canvas) -> None:
    c.fill(shapes.box(-10, 800, c.width + 20, 210), fade(shade(EARTH, 0.12), tint(EARTH, 0.3)))
    c.soft(c.width * 0.35, 950, c.width * 0.5, 110, LIGHT, 0.45)


def _kiosk(c: Canvas, middle: float) -> None:
    left, right = middle - 560, middle + 560
    c.soft(middle + 90, 880, 760, 80, SHADOW, 0.55)
    c.fill(shapes.box(left, 190, right - left, 690, 8), sheet(KIOSK, 0.35))
    for i in range(29):
        x = left + i * 40
        c.line([(x, 190), (x, 880)], 3, shade(KIOSK, 0.4), 0.35)
    inside = shapes.box(left + 60, 230, right - left - 120, 460, 6)
    c.fill(inside, fade(from_hex("#54352c"), from_hex("#8d5a3a"), 0.2))
    with c.within(inside):
        c.soft(middle - 60, 420, 560, 320, from_hex("#ffca7a"), 0.5)
        c.fill(shapes.box(left + 60, 230, right - left, 120), SHADOW, 0.28)
    c.line([(left + 60, 230), (left + 60, 690)], 16, tint(KIOSK, 0.25))
    c.line([(right - 60, 230), (right - 60, 690)], 16, shade(KIOSK, 0.25))


SHELF_GOODS = (
    "tea_tin", "honey_jar", "oil_bottle", "coffee_bag", "spice_jar",
    "rice_pouch", "jam_jar", "cereal_box", "juice_bottle", "cocoa_tin",
)  # fmt: skip


def _shelves(c: Canvas, middle: float) -> None:
    moods = ("pantry", "kitchen", "market", "beauty", "paper")
    y = 470.0
    c.fill(shapes.box(middle - 500, y + 16, 1000, 26), SHADOW, 0.3)
    c.fill(shapes.box(middle - 500, y - 4, 1000, 24, 4), sheet(WOOD, 0.5))
    c.fill(shapes.box(middle - 500, y - 4, 1000, 7, 3), tint(WOOD, 0.35))
    for i, motif in enumerate(SHELF_GOODS):
        c.ground = from_hex("#8d5a3a")
        c.palette = reordered(PALETTES[moods[i % len(moods)]], c.rng)
        stand_motif(c, motif, middle - 446 + i * 90, y - 2, 0.31 + 0.02 * (i % 3))


COUNTER_GOODS = (
    ("bread_loaf", "bakery", -430, 0.36),
    ("pineapple", "market", -290, 0.40),
    ("mango", "market", -160, 0.35),
    ("eggs_tray", "bakery", 15, 0.37),
    ("banana", "market", 190, 0.37),
    ("tomato", "market", 325, 0.34),
    ("kale", "market", 450, 0.36),
)


def _counter(c: Canvas, middle: float) -> None:
    left, right = middle - 600, middle + 600
    c.fill(
        shapes.box(left + 24, 706, right - left - 48, 178, 6),
        fade(tint(KIOSK, 0.1), shade(KIOSK, 0.25), 0.2),
    )
    for i in range(6):
        panel = shapes.box(left + 56 + i * 184, 742, 164, 112, 10)
        c.fill(panel, tint(from_hex("#f0b545"), 0.08 * (5 - i)) if i % 2 else tint(KIOSK, 0.22))
    c.fill(shapes.box(left + 24, 706, right - left - 48, 26), SHADOW, 0.28)
    c.fill(shapes.box(left, 672, right - left, 40, 8), sheet(WOOD, 0.5))
    c.fill(shapes.box(left, 672, right - left, 10, 5), tint(WOOD, 0.4))
    for motif, mood, dx, scale in COUNTER_GOODS:
        c.ground = WOOD
        c.palette = PALETTES[mood]
        stand_motif(c, motif, middle + dx, 684, scale)


def _awning(c: Canvas, middle: float) -> None:
    top, bottom, low = 84.0, 232.0, 640.0
    c.fill(
        [(middle - 560, 190), (middle + 560, 190), (middle + 560, 300), (middle - 560, 300)],
        SHADOW,
        0.22,
    )
    stripes = 14
    for i in range(stripes):
        hue = BRICK if i % 2 == 0 else CREAM
        ax, bx = (middle + (-560 + 1120 * (i + k) / stripes) for k in (0, 1))
        cx, dx = (middle + (-low + 2 * low * (i + k) / stripes) for k in (0, 1))
        scallop = shapes.arc((cx + dx) / 2, bottom, (dx - cx) / 2, 34, 0, 180)
        c.fill(
            [(ax, top), (bx, top), (dx, bottom), *scallop[1:-1], (cx, bottom)],
            fade(tint(hue, 0.14), shade(hue, 0.14), 0.1),
        )
        c.fill([(dx, bottom), *scallop, (cx, bottom)], SHADOW, 0.13)
    c.fill(shapes.box(middle - 570, top - 16, 1140, 24, 10), sheet(shade(BRICK, 0.3), 0.4))
    c.line([(middle + 486, 246), (middle + 486, 300)], 5, from_hex("#4a3330"))
    c.palette = PALETTES["power"]
    with c.place(middle + 486, 366, 0.30):
        c.soft(500, 540, 620, 560, from_hex("#ffdf8a"), 0.75)
        MOTIFS["solar_lantern"](c)


STREET_GOODS = (
    ("plant_pot", "farm", -700, 905, 0.44),
    ("rice_sack", "pantry", -545, 922, 0.47),
    ("basket", "craft", -370, 945, 0.44),
    ("watermelon", "market", -170, 955, 0.41),
    ("bucket", "kitchen", 318, 945, 0.40),
    ("jiko", "kitchen", 500, 935, 0.44),
    ("gas_cylinder", "power", 672, 915, 0.44),
)


def _street_goods(c: Canvas, middle: float) -> None:
    for motif, mood, dx, foot, scale in STREET_GOODS:
        c.ground = EARTH
        c.palette = reordered(PALETTES[mood], Random(motif))
        stand_motif(c, motif, middle + dx, foot, scale)
