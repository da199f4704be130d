"""Mix, shade and tint colours the way a gouache painter would."""

from typing import TypeAlias

Colour: TypeAlias = tuple[int, int, int]

SHADOW: Colour = (58, 34, 48)
LIGHT: Colour = (255, 250, 236)
WHITE: Colour = (253, 251, 246)


def from_hex(text: str) -> Colour:
    """Read "#rrggbb"."""
    digits = text.removeprefix("#")
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def mix(first: Colour, second: Colour, amount: float) -> Colour:
    """Blend two colours; amount 0 gives the first, 1 the second."""
    amount = min(1.0, max(0.0, amount))
    red, green, blue = (round(a + (b - a) * amount) for a, b in zip(first, second, strict=True))
    return red, green, blue


def shade(colour: Colour, amount: float) -> Colour:
    """Darken towards a warm violet and keep the hue rich; amount 0 to 1."""
    red, green, blue = colour
    rich: Colour = (round(red * 0.76), round(green * 0.5), round(blue * 0.54))
    return mix(mix(colour, rich, amount), SHADOW, amount * 0.24)


def tint(colour: Colour, amount: float) -> Colour:
    """Lighten towards warm daylight; amount 0 to 1."""
    return mix(colour, LIGHT, amount)
