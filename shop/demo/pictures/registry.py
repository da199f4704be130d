"""The motifs by name, so that the catalogue can ask for "mango" or "solar_lantern"."""

from collections.abc import Callable
from typing import TypeAlias

from shop.demo.pictures.canvas import Canvas

Motif: TypeAlias = Callable[[Canvas], None]

MOTIFS: dict[str, Motif] = {}


def motif(name: str) -> Callable[[Motif], Motif]:
    """Register a drawing under its name; the same name twice is a mistake."""

    def register(draw: Motif) -> Motif:
        if name in MOTIFS:
            raise ValueError(f"The motif {name!r} is drawn twice.")
        MOTIFS[name] = draw
        return draw

    return register
