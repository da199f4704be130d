"""Pictures of the demo shop, drawn by program: the same name and seed give the same picture."""

from random import Random

from PIL import Image

from shop.demo.pictures.canvas import Canvas
from shop.demo.pictures.ground import lay_ground
from shop.demo.pictures.motifs import MOTIFS
from shop.demo.pictures.palettes import PALETTES, Palette


def draw(motif: str, *, seed: int, palette: str, size: tuple[int, int] = (900, 900)) -> Image.Image:
    """Draw a product picture: one thing on a tinted ground.

    Raises KeyError for a motif or palette that does not exist.
    """
    rng = Random(f"{motif} {seed}")
    board = Canvas(size, reordered(PALETTES[palette], rng), rng)
    lay_ground(board, seed)
    with board.place(board.width / 2, board.height / 2 - 24, 1.14):
        MOTIFS[motif](board)
    return board.finished()


def reordered(palette: Palette, rng: Random) -> Palette:
    """Give the palette with its accents in an order of the seed's own."""
    accents = list(palette.accents)
    rng.shuffle(accents)
    return Palette(palette.grounds, tuple(accents))
