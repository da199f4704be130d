"""A board to paint on: smooth shapes lit from the upper left, drawn large and reduced once."""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from random import Random
from typing import TypeAlias

from PIL import Image, ImageChops, ImageDraw

from shop.demo.pictures import shapes
from shop.demo.pictures.colour import LIGHT, SHADOW, Colour, mix, shade, tint
from shop.demo.pictures.palettes import Palette

SUPERSAMPLE = 2
GRID = 20

Shading: TypeAlias = Callable[[float, float], Colour]
Paint: TypeAlias = Colour | Shading
Frame: TypeAlias = tuple[int, int, int, int]


def ball(colour: Colour, depth: float = 0.5) -> Shading:
    """Shade a round body: bright at the upper left, deep at the lower right, a soft rim."""

    def colour_at(u: float, v: float) -> Colour:
        distance = math.hypot(u - 0.33, v - 0.27) / 0.86
        if distance < 0.42:
            return tint(colour, depth * 0.5 * (1 - distance / 0.42))
        dark = min(1.0, (distance - 0.42) / 0.5)
        return shade(colour, depth * 0.8 * dark * dark * (3 - 2 * dark))

    return colour_at


def tube(colour: Colour, depth: float = 0.5) -> Shading:
    """Shade an upright round body such as a bottle or a pot."""

    def colour_at(u: float, v: float) -> Colour:
        if u < 0.27:
            return tint(shade(colour, depth * 0.16 * (1 - u / 0.27)), depth * 0.42 * u / 0.27)
        if u < 0.5:
            return tint(colour, depth * 0.42 * (0.5 - u) / 0.23)
        return shade(colour, depth * 0.75 * ((u - 0.5) / 0.5) ** 1.5)

    return colour_at


def sheet(colour: Colour, depth: float = 0.4) -> Shading:
    """Shade a flat or gently curved face along the fall of the light."""

    def colour_at(u: float, v: float) -> Colour:
        along = 0.45 * u + 0.55 * v
        if along < 0.45:
            return tint(colour, depth * 0.4 * (1 - along / 0.45))
        return shade(colour, depth * 0.55 * (along - 0.45) / 0.55)

    return colour_at


def fade(top: Colour, bottom: Colour, lean: float = 0.0) -> Shading:
    """Blend from one colour above to another below; lean adds the horizontal share."""
    return lambda u, v: mix(top, bottom, v * (1 - lean) + u * lean)


class Canvas:
    """Paint on a board of 1000 units a side; `place` moves, scales and turns what follows."""

    def __init__(self, size: tuple[int, int], palette: Palette, rng: Random) -> None:
        self.size = size
        self.palette = palette
        self.rng = rng
        self.image = Image.new(
            "RGB", (size[0] * SUPERSAMPLE, size[1] * SUPERSAMPLE), palette.grounds[0]
        )
        self._brush = ImageDraw.Draw(self.image)
        self._unit = min(size) * SUPERSAMPLE / 1000
        self._matrix = (self._unit, 0.0, 0.0, self._unit, 0.0, 0.0)
        if size[0] > size[1]:
            self.width, self.height = 1000 * size[0] / size[1], 1000.0
        else:
            self.width, self.height = 1000.0, 1000 * size[1] / size[0]
        self.ground = palette.grounds[0]
        self._clip: Image.Image | None = None
        self._falloff = _falloff()

    # What a motif asks for

    def accent(self, index: int = 0) -> Colour:
        """Give one of the palette's accents, in an order of this picture's own."""
        return self.palette.accents[index % len(self.palette.accents)]

    def vary(self, low: float, high: float) -> float:
        """Pick a number in a range, the same one for the same seed."""
        return self.rng.uniform(low, high)

    # Painting

    def fill(self, path: Sequence[shapes.Point], paint: Paint, alpha: float = 1.0) -> None:
        """Fill an outline with a colour or a shading."""
        points = self._mapped(path)
        if isinstance(paint, tuple) and alpha >= 1 and self._clip is None:
            self._brush.polygon(points, fill=paint)
            return
        frame = self._frame(points)
        if frame:
            self._lay(frame, self._mask(points, frame, alpha), paint, shapes.bounds(points))

    def solid(
        self,
        path: Sequence[shapes.Point],
        paint: Paint,
        *,
        rim: float = 0.035,
        strength: float = 0.13,
    ) -> None:
        """Fill a body and lay a crisp crescent of shade along the side away from the light."""
        self.fill(path, paint)
        left, top, right, bottom = shapes.bounds(path)
        reach = max(8.0, min(right - left, bottom - top) * rim * 2.6)
        self.crescent(path, -reach, -reach * 0.75, SHADOW, strength)

    def crescent(
        self, path: Sequence[shapes.Point], dx: float, dy: float, colour: Colour, alpha: float
    ) -> None:
        """Tone the part of a shape that the same shape, shifted, would leave bare."""
        points = self._mapped(path)
        frame = self._frame(points)
        if not frame:
            return
        mask = self._mask(points, frame, alpha)
        shifted = self._mapped(shapes.move(path, dx, dy))
        ImageDraw.Draw(mask).polygon([(x - frame[0], y - frame[1]) for x, y in shifted], fill=0)
        self.image.paste(colour, frame, mask)

    def line(
        self,
        points: Sequence[shapes.Point],
        width: float,
        paint: Paint,
        alpha: float = 1.0,
        end_width: float | None = None,
    ) -> None:
        """Paint a brush stroke along the points."""
        self.fill(shapes.stroke(points, width, end_width), paint, alpha)

    def shadow(self, x: float, y: float, rx: float, ry: float, strength: float = 0.5) -> None:
        """Lay a soft shadow on the ground."""
        self.soft(x, y, rx, ry, SHADOW, strength)

    def stand(self, x: float, y: float, half_width: float, strength: float = 1.0) -> None:
        """Ground a thing: a wide soft shadow thrown to the right and a tight one beneath."""
        wide, tight = half_width * 1.5, half_width * 1.12
        tone = mix(SHADOW, self.ground, 0.22)
        self.soft(x + half_width * 0.36, y + 8, wide, half_width * 0.3 + 20, tone, 0.36 * strength)
        self.soft(x + half_width * 0.06, y + 2, tight, half_width * 0.1 + 14, tone, 0.6 * strength)

    def soft(
        self, x: float, y: float, rx: float, ry: float, colour: Colour, strength: float
    ) -> None:
        """Paint a patch that fades out at its edge: a shadow, a glow or a reflection."""
        (px, py), scale = self._point(x, y), self._scale()
        rx, ry = rx * scale, ry * scale
        whole = (px - rx, py - ry, px + rx, py + ry)
        frame = self._clamped(whole)
        if not frame:
            return
        source = _window(whole, frame, self._falloff.size)
        weaker = self._falloff.point([round(i * min(1.0, strength)) for i in range(256)])
        mask = _stretched(weaker, frame, source)
        self._lay(frame, self._clipped(mask, frame), colour, whole)

    def shine(self, points: Sequence[shapes.Point], width: float, alpha: float = 0.5) -> None:
        """Stroke a highlight that thins out at its end."""
        self.line(points, width, LIGHT, alpha, width * 0.45)

    # Where things go

    @contextmanager
    def place(
        self, x: float, y: float, scale: float = 1.0, turn: float = 0.0, flip: bool = False
    ) -> Iterator[None]:
        """Draw what follows with its board's centre at (x, y), scaled, turned or mirrored."""
        before = self._matrix
        a, b, c, d, e, f = before
        cos = math.cos(math.radians(turn)) * scale
        sin = math.sin(math.radians(turn)) * scale
        side = -1 if flip else 1
        na, nb = a * cos * side + b * sin * side, -a * sin + b * cos
        nc, nd = c * cos * side + d * sin * side, -c * sin + d * cos
        ne, nf = a * x + b * y + e, c * x + d * y + f
        self._matrix = (na, nb, nc, nd, ne - na * 500 - nb * 500, nf - nc * 500 - nd * 500)
        try:
            yield
        finally:
            self._matrix = before

    @contextmanager
    def within(self, path: Sequence[shapes.Point]) -> Iterator[None]:
        """Keep what follows inside an outline."""
        before = self._clip
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).polygon(self._mapped(path), fill=255)
        self._clip = mask if before is None else ImageChops.multiply(mask, before)
        try:
            yield
        finally:
            self._clip = before

    def finished(self) -> Image.Image:
        """Reduce the board to the size that was asked for."""
        return self.image.reduce(SUPERSAMPLE)

    # Pixels

    def _point(self, x: float, y: float) -> shapes.Point:
        a, b, c, d, e, f = self._matrix
        return a * x + b * y + e, c * x + d * y + f

    def _mapped(self, path: Sequence[shapes.Point]) -> shapes.Path:
        a, b, c, d, e, f = self._matrix
        return [(a * x + b * y + e, c * x + d * y + f) for x, y in path]

    def _scale(self) -> float:
        a, b, c, d, _, _ = self._matrix
        return math.sqrt(abs(a * d - b * c))

    def _frame(self, points: Sequence[shapes.Point]) -> Frame | None:
        return self._clamped(shapes.bounds(points))

    def _clamped(self, area: tuple[float, float, float, float]) -> Frame | None:
        left, top = max(0, math.floor(area[0])), max(0, math.floor(area[1]))
        right = min(self.image.width, math.ceil(area[2]) + 1)
        bottom = min(self.image.height, math.ceil(area[3]) + 1)
        return (left, top, right, bottom) if right > left and bottom > top else None

    def _mask(self, points: Sequence[shapes.Point], frame: Frame, alpha: float) -> Image.Image:
        mask = Image.new("L", (frame[2] - frame[0], frame[3] - frame[1]), 0)
        ImageDraw.Draw(mask).polygon(
            [(x - frame[0], y - frame[1]) for x, y in points], fill=round(255 * min(1.0, alpha))
        )
        return self._clipped(mask, frame)

    def _clipped(self, mask: Image.Image, frame: Frame) -> Image.Image:
        return mask if self._clip is None else ImageChops.multiply(mask, self._clip.crop(frame))

    def _lay(
        self,
        frame: Frame,
        mask: Image.Image,
        paint: Paint,
        whole: tuple[float, float, float, float],
    ) -> None:
        if isinstance(paint, tuple):
            self.image.paste(paint, frame, mask)
            return
        grid = Image.new("RGB", (GRID, GRID))
        grid.putdata(
            [
                paint((column + 0.5) / GRID, (row + 0.5) / GRID)
                for row in range(GRID)
                for column in range(GRID)
            ]
        )
        colours = _stretched(grid, frame, _window(whole, frame, grid.size))
        self.image.paste(colours, frame, mask)


def _stretched(
    small: Image.Image, frame: Frame, source: tuple[float, float, float, float]
) -> Image.Image:
    """Stretch a small soft picture over a frame: smoothly to half its size, then plainly."""
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    half = (max(1, width // 2), max(1, height // 2))
    smooth = small.resize(half, Image.Resampling.BILINEAR, box=source)
    return smooth.resize((width, height), Image.Resampling.NEAREST)


def _window(
    whole: tuple[float, float, float, float], frame: Frame, size: tuple[int, int]
) -> tuple[float, float, float, float]:
    """Give the part of a small picture, stretched over `whole`, that falls into the frame."""
    wide = max(1e-6, whole[2] - whole[0]) / size[0]
    high = max(1e-6, whole[3] - whole[1]) / size[1]
    left = min(max(0.0, (frame[0] - whole[0]) / wide), size[0] - 1e-3)
    top = min(max(0.0, (frame[1] - whole[1]) / high), size[1] - 1e-3)
    right = max(left + 1e-4, min(float(size[0]), (frame[2] - whole[0]) / wide))
    bottom = max(top + 1e-4, min(float(size[1]), (frame[3] - whole[1]) / high))
    return left, top, right, bottom


def _falloff() -> Image.Image:
    """Make a round patch, opaque in the middle and clear before its edge."""
    curve = []
    for i in range(256):
        near = max(0.0, 1 - i / 180)
        curve.append(round(255 * near * near * (3 - 2 * near)))
    return Image.radial_gradient("L").reduce(4).point(curve)
