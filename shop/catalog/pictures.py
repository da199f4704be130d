"""Which sizes of a picture the shop's pages use."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PictureKind:
    """One use of pictures: its widths in pixels (all square) and the JPEG everyone can read."""

    name: str
    widths: tuple[int, ...]
    fallback_width: int

    @property
    def avif(self) -> tuple[str, ...]:
        """Filter specs of the AVIF sizes, smallest first."""
        return tuple(f"fill-{width}x{width}|format-avif" for width in self.widths)

    @property
    def webp(self) -> tuple[str, ...]:
        """Filter specs of the WebP sizes, smallest first."""
        return tuple(f"fill-{width}x{width}|format-webp" for width in self.widths)

    @property
    def fallback(self) -> str:
        """The filter spec of the JPEG."""
        return f"fill-{self.fallback_width}x{self.fallback_width}|format-jpeg"

    @property
    def specs(self) -> tuple[str, ...]:
        """All filter specs, the fallback first."""
        return (self.fallback, *self.webp, *self.avif)


CARD = PictureKind("card", (240, 480), 480)
GALLERY = PictureKind("gallery", (480, 900), 900)
THUMB = PictureKind("thumb", (), 160)
KINDS = (CARD, THUMB, GALLERY)
