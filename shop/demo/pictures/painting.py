"""What to draw, and drawing it: without Django, so that other processes can do it."""

from dataclasses import dataclass

from shop.demo.pictures import draw, encoded
from shop.demo.pictures.scenes import banner, shop_front


@dataclass(frozen=True, slots=True)
class Drawing:
    """What to draw, and the name it is kept under."""

    title: str
    file_name: str
    motifs: tuple[str, ...]
    palette: str
    seed: int
    kind: str = "product"


def paint(drawing: Drawing) -> tuple[bytes, int, int]:
    """Draw one picture; returns its JPEG, width and height."""
    if drawing.kind == "shop_front":
        picture = shop_front()
    elif drawing.kind == "banner":
        picture = banner(drawing.motifs, seed=drawing.seed, palette=drawing.palette)
    else:
        picture = draw(drawing.motifs[0], seed=drawing.seed, palette=drawing.palette)
    return encoded(picture), picture.width, picture.height
