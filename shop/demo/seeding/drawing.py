"""Draw pictures side by side on all processors, and keep them in the image library."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from django.core.files.base import ContentFile
from wagtail.images.models import Image

from shop.catalog.pictures import KINDS
from shop.demo.pictures.painting import Drawing, paint


def add_images(drawings: Sequence[Drawing]) -> Iterator[Image]:
    """Draw all and save each, in their order. A drawing of the same title is kept as it is."""
    kept = {image.title: image for image in Image.objects.filter(title__in=titles(drawings))}
    missing = [drawing for drawing in drawings if drawing.title not in kept]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        painted = pool.map(paint, missing, chunksize=4)
        for drawing in drawings:
            if drawing.title in kept:
                yield kept[drawing.title]
                continue
            content, width, height = next(painted)
            image = Image.objects.create(
                title=drawing.title,
                file=ContentFile(content, name=drawing.file_name),
                width=width,
                height=height,
            )
            # The first visitors come before the worker has made all sizes.
            image.get_renditions(*(kind.fallback for kind in KINDS))
            yield image


def titles(drawings: Sequence[Drawing]) -> list[str]:
    """Return the names drawings are kept under."""
    return [drawing.title for drawing in drawings]
