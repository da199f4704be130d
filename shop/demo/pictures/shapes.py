"""Geometry of the pictures: closed outlines as lists of points, on a board 1000 units wide."""

import math
from collections.abc import Iterable, Sequence
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Path: TypeAlias = list[Point]

TAU = math.tau


def ellipse(x: float, y: float, rx: float, ry: float, turn: float = 0, *, steps: int = 72) -> Path:
    """Outline an ellipse around (x, y); turn in degrees, clockwise."""
    return rotate(
        [
            (x + rx * math.cos(TAU * i / steps), y + ry * math.sin(TAU * i / steps))
            for i in range(steps)
        ],
        turn,
        (x, y),
    )


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float) -> Path:
    """Trace an open arc; degrees, clockwise from three o'clock."""
    steps = max(8, int(abs(end - start) / 5))
    angles = (math.radians(start + (end - start) * i / steps) for i in range(steps + 1))
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


def rounded(corners: Sequence[Point], radius: float | Sequence[float]) -> Path:
    """Round a polygon's corners; one radius for all, or one for each."""
    count = len(corners)
    radii = [radius] * count if isinstance(radius, int | float) else list(radius)
    path: Path = []
    for i, corner in enumerate(corners):
        before, after = corners[i - 1], corners[(i + 1) % count]
        start = _towards(corner, before, radii[i])
        end = _towards(corner, after, radii[i])
        for step in range(9):
            t = step / 8
            path.append(
                (
                    (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * corner[0] + t * t * end[0],
                    (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * corner[1] + t * t * end[1],
                )
            )
    return path


def box(x: float, y: float, width: float, height: float, radius: float = 0) -> Path:
    """Outline a rectangle from its upper left corner, with round corners."""
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    return rounded(corners, radius) if radius else corners


def blob(points: Sequence[Point], *, closed: bool = True, steps: int = 10) -> Path:
    """Draw a smooth curve through the points (centripetal enough: Catmull-Rom)."""
    count = len(points)
    path: Path = []
    spans = range(count) if closed else range(count - 1)
    for i in spans:
        if closed:
            p0, p1, p2, p3 = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        else:
            p0, p1 = points[max(0, i - 1)], points[i]
            p2, p3 = points[i + 1], points[min(count - 1, i + 2)]
        path.extend(_span(p0, p1, p2, p3, steps))
    if not closed:
        path.append(points[-1])
    return path


def turned(profile: Sequence[Point], *, smooth: bool = True, axis: float = 500) -> Path:
    """Turn a right-hand profile, top to bottom, into a symmetrical outline.

    Profile points are (half width, y).
    """
    right = [(axis + half, y) for half, y in profile]
    if smooth:
        right = blob(right, closed=False)
    return right + [(2 * axis - x, y) for x, y in reversed(right)]


def stroke(points: Sequence[Point], width: float, end_width: float | None = None) -> Path:
    """Outline a brush stroke along the points, with round ends; it may taper."""
    last = width if end_width is None else end_width
    left: Path = []
    right: Path = []
    count = len(points)
    for i, (x, y) in enumerate(points):
        ax, ay = points[max(0, i - 1)]
        bx, by = points[min(count - 1, i + 1)]
        length = math.hypot(bx - ax, by - ay) or 1
        half = (width + (last - width) * i / (count - 1)) / 2
        nx, ny = -(by - ay) / length * half, (bx - ax) / length * half
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return left + _cap(left[-1], right[-1]) + right[::-1] + _cap(right[0], left[0])


def leaf(x: float, y: float, length: float, width: float, angle: float, bend: float = 0) -> Path:
    """Outline a leaf that grows from (x, y) in the direction of the angle (degrees)."""
    half = width / 2
    spine = [0.0, 0.12, 0.35, 0.62, 0.86, 1.0]
    wide = [0.0, 0.55, 1.0, 0.86, 0.42, 0.0]
    upper = [
        (length * t, -half * w + bend * math.sin(math.pi * t))
        for t, w in zip(spine, wide, strict=True)
    ]
    lower = [
        (length * t, half * w + bend * math.sin(math.pi * t))
        for t, w in zip(spine, wide, strict=True)
    ]
    outline = blob(upper, closed=False) + blob(lower[::-1], closed=False)
    return move(rotate(outline, angle, (0, 0)), x, y)


def leaf_spine(
    x: float, y: float, length: float, angle: float, bend: float = 0, reach: float = 0.9
) -> Path:
    """Trace the middle rib of the leaf drawn with the same numbers."""
    spine = [
        (length * t, bend * math.sin(math.pi * t)) for t in (i / 10 * reach for i in range(11))
    ]
    return move(rotate(spine, angle, (0, 0)), x, y)


def star(x: float, y: float, outer: float, inner: float, points: int, turn: float = -90) -> Path:
    """Outline a star with the given number of points."""
    path: Path = []
    for i in range(points * 2):
        reach = inner if i % 2 else outer
        a = math.radians(turn + 180 * i / points)
        path.append((x + reach * math.cos(a), y + reach * math.sin(a)))
    return path


def rotate(path: Iterable[Point], degrees: float, centre: Point) -> Path:
    """Turn a path clockwise around a centre."""
    if not degrees:
        return list(path)
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    cx, cy = centre
    return [
        (cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos)
        for x, y in path
    ]


def move(path: Iterable[Point], dx: float, dy: float) -> Path:
    """Shift a path."""
    return [(x + dx, y + dy) for x, y in path]


def bounds(path: Iterable[Point]) -> tuple[float, float, float, float]:
    """Give left, top, right and bottom of a path."""
    xs, ys = zip(*path, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _towards(start: Point, end: Point, distance: float) -> Point:
    length = math.dist(start, end) or 1
    share = min(0.5, distance / length)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _span(p0: Point, p1: Point, p2: Point, p3: Point, steps: int) -> Path:
    path: Path = []
    for step in range(steps):
        t = step / steps
        a = -0.5 * t**3 + t**2 - 0.5 * t
        b = 1.5 * t**3 - 2.5 * t**2 + 1
        c = -1.5 * t**3 + 2 * t**2 + 0.5 * t
        d = 0.5 * t**3 - 0.5 * t**2
        path.append(
            (
                a * p0[0] + b * p1[0] + c * p2[0] + d * p3[0],
                a * p0[1] + b * p1[1] + c * p2[1] + d * p3[1],
            )
        )
    return path


def _cap(start: Point, end: Point) -> Path:
    cx, cy = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    radius = math.dist(start, end) / 2
    begin = math.atan2(start[1] - cy, start[0] - cx)
    return [
        (
            cx + radius * math.cos(begin - math.pi * i / 8),
            cy + radius * math.sin(begin - math.pi * i / 8),
        )
        for i in range(1, 8)
    ]
