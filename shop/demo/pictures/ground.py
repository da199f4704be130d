"""The tinted ground behind a thing: a wall, a table and one quiet large shape."""

from random import Random

from shop.demo.pictures import shapes
from shop.demo.pictures.canvas import Canvas, fade
from shop.demo.pictures.colour import Colour, mix, shade, tint

HORIZON = 690


def lay_ground(canvas: Canvas, seed: int) -> None:
    """Paint the ground of a product picture; the seed picks tint and shape."""
    rng = Random(f"ground {seed}")
    grounds = canvas.palette.grounds
    colour = grounds[seed % len(grounds)]
    canvas.ground = colour
    whole = shapes.box(-10, -10, canvas.width + 20, canvas.height + 20)
    canvas.fill(whole, fade(tint(colour, 0.24), shade(colour, 0.06), 0.35))
    style = rng.choice(("sun", "sun", "arch", "table", "hill", "window"))
    BACKDROPS[style](canvas, colour, rng)


def _sun(canvas: Canvas, colour: Colour, rng: Random) -> None:
    x, y = 500 + rng.uniform(-70, 70), 455 + rng.uniform(-30, 30)
    canvas.fill(shapes.ellipse(x, y, 372, 372), tint(colour, 0.62), 0.75)
    _floor(canvas, colour)


def _arch(canvas: Canvas, colour: Colour, rng: Random) -> None:
    x = 500 + rng.uniform(-40, 40)
    arch = [*shapes.arc(x, 430, 318, 318, 180, 360), (x + 318, HORIZON), (x - 318, HORIZON)]
    canvas.fill(arch, tint(colour, 0.6), 0.8)
    _floor(canvas, colour)


def _table(canvas: Canvas, colour: Colour, rng: Random) -> None:
    canvas.soft(330, 250, 620, 520, tint(colour, 0.85), 0.75)
    _floor(canvas, mix(colour, canvas.palette.accents[rng.randrange(3)], 0.1))


def _hill(canvas: Canvas, colour: Colour, rng: Random) -> None:
    canvas.soft(300, 220, 640, 560, tint(colour, 0.85), 0.7)
    lift = rng.uniform(-30, 40)
    hill = shapes.blob(
        [(-60, 640 + lift), (220, 560 - lift), (520, 600), (800, 540 + lift), (1060, 600)],
        closed=False,
    )
    canvas.fill([*hill, (1060, 1100), (-60, 1100)], shade(colour, 0.1), 0.55)
    _floor(canvas, colour)


def _window(canvas: Canvas, colour: Colour, rng: Random) -> None:
    shift = rng.uniform(-60, 60)
    light = tint(colour, 0.85)
    for left in (170.0, 420.0):
        pane = [(left, 60), (left + 215, 60), (left + 335, HORIZON), (left + 120, HORIZON)]
        canvas.fill(shapes.move(pane, shift, 0), light, 0.55)
    _floor(canvas, colour)


def _floor(canvas: Canvas, colour: Colour) -> None:
    floor = shapes.box(-10, HORIZON, canvas.width + 20, canvas.height - HORIZON + 20)
    canvas.fill(floor, fade(shade(colour, 0.1), tint(shade(colour, 0.04), 0.18), 0.1))
    canvas.soft(420, 850, 640, 190, tint(colour, 0.7), 0.5)


BACKDROPS = {"sun": _sun, "arch": _arch, "table": _table, "hill": _hill, "window": _window}
