"""Palettes: one mood of colours for each department."""

from dataclasses import dataclass
from random import Random

from shop.demo.pictures.colour import Colour, from_hex


@dataclass(frozen=True, slots=True)
class Palette:
    """Hold the tinted grounds behind a thing and the accents on packets and cloth."""

    grounds: tuple[Colour, ...]
    accents: tuple[Colour, ...]


def _palette(grounds: str, accents: str) -> Palette:
    return Palette(
        tuple(from_hex(text) for text in grounds.split()),
        tuple(from_hex(text) for text in accents.split()),
    )


PALETTES: dict[str, Palette] = {
    "market": _palette(
        "#f6e3bf #dfe8cf #f7d9c4 #e9e3d0 #cfe3dc #f3dfe0",
        "#3f7d4f #e2703a #f2b33d #b8433a #2f6f73",
    ),
    "bakery": _palette(
        "#f8e6cf #f3d7c6 #eadfd2 #f9e9b8 #dfe3dd #f1d2cf",
        "#b5653a #d9913f #7c4a3a #c7504a #3f6b6e",
    ),
    "pantry": _palette(
        "#f4e4c8 #e6e4cc #f5d6bd #d9e4e0 #f0ddd2 #e8dcc4",
        "#c8452f #1f6f63 #e9a42c #34558b #8a3b52",
    ),
    "kitchen": _palette(
        "#dbe7e6 #f5e4d2 #e9e1d6 #d9e0ea #f3dccb #e4e8d4",
        "#d9603b #2b7a78 #e8ac3e #395b86 #a8444a",
    ),
    "power": _palette(
        "#fbe6b6 #d6e4ec #f8d9bd #e2e3ee #dbe9df #f6e7cf",
        "#ee9a27 #2d6ca2 #d9502f #2c8a7b #3c4a66",
    ),
    "gadget": _palette(
        "#dde3f0 #f3dfd6 #d6e8e6 #ebe2f0 #f6e6c9 #e2e6e4",
        "#3d5a99 #e0654a #2f8f83 #f0b03f #7a4f8c",
    ),
    "baby": _palette(
        "#d9ebee #fbe3d6 #f9ecc4 #e6e2f3 #dfeedd #fadfe4",
        "#5fa8b5 #f0957a #f2c14f #9c88c4 #78b38a",
    ),
    "beauty": _palette(
        "#f6dcd6 #ecdfe9 #f8e7d0 #dcebe4 #f3d9c8 #e3e1ef",
        "#c25b72 #3f8272 #e0a04a #86588f #d8785a",
    ),
    "farm": _palette(
        "#e4e8cb #f5e2bd #dce6dc #f1d9c0 #e9dfc9 #d5e5e6",
        "#4c7a3d #c96f2e #e6b03c #8c4a32 #2f6d7e",
    ),
    "paper": _palette(
        "#e6e4ef #f8e5cb #d9e8e8 #f4dcd4 #ecead2 #dfe3ec",
        "#35548f #d8563f #edb13c #2f8572 #7d4b7f",
    ),
    "cloth": _palette(
        "#f6ddcb #e3e4d6 #dbe5ec #f8e6bf #efdce4 #e8ded2",
        "#c23b3b #1f5f8b #eba52f #2e7d5b #7b3f73",
    ),
    "craft": _palette(
        "#f3dfc4 #e4dccb #f4d2b8 #dde3d2 #efe1d6 #d8e3e1",
        "#b4502f #1f6d6a #e0a030 #3a4f83 #8a2f42",
    ),
}


def reordered(palette: Palette, rng: Random) -> Palette:
    """Give the palette with its accents in another order."""
    accents = list(palette.accents)
    rng.shuffle(accents)
    return Palette(palette.grounds, tuple(accents))


def turned_by(palette: Palette, motif: str, seed: int) -> Palette:
    """Order the accents by motif, then turn them by seed: near seeds never share the first."""
    accents = reordered(palette, Random(motif)).accents
    first = seed % len(accents)
    return Palette(palette.grounds, accents[first:] + accents[:first])
