"""Pictures of the demo shop, drawn by program: the same name and seed give the same picture."""

from io import BytesIO
from random import Random

from PIL import Image

from shop.demo.pictures.canvas import Canvas
from shop.demo.pictures.ground import lay_ground
from shop.demo.pictures.motifs import MOTIFS
from shop.demo.pictures.palettes import PALETTES, turned_by
from shop.demo.pictures.scenes import banner, shop_front

__all__ = ["MOTIFS", "PALETTES", "banner", "draw", "encoded", "shop_front"]


def draw(motif: str, *, seed: int, palette: str, size: tuple[int, int] = (900, 900)) -> Image.Image:
    """Draw a product picture: one thing on a tinted ground.

    Raises KeyError for a motif or palette that does not exist.
    """
    rng = Random(f"{motif} {seed}")
    board = Canvas(size, turned_by(PALETTES[palette], motif, seed), rng)
    lay_ground(board, seed)
    with board.place(board.width / 2, board.height / 2 - 24, 1.14):
        MOTIFS[motif](board)
    return board.finished()


def encoded(picture: Image.Image, *, quality: int = 84) -> bytes:
    """Encode a picture as JPEG."""
    file = BytesIO()
    picture.save(file, "JPEG", quality=quality, progressive=True, optimize=True)
    return file.getvalue()
