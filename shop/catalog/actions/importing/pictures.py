"""Pictures that lie beside an imported file. Nothing is ever fetched from the web."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.files.images import ImageFile
from PIL import Image as Pillow
from PIL import UnidentifiedImageError
from wagtail.images.models import Image
from wagtail.models import ReferenceIndex
from wagtail.utils.file import hash_filelike

from shop.catalog.models import Product, ProductPicture

from .changes import NewProduct, ProductChange
from .warnings import NOT_FETCHED, NOT_FOUND, NOT_PICTURES


class PictureFolder:
    """The folder of the imported file, or none: then no picture is taken."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder.resolve() if folder else None

    def __bool__(self) -> bool:
        return self._folder is not None

    def find(self, address: str, noted: Counter[str]) -> Path | None:
        """Return the picture file that a row names, noting why there is none.

        Only files inside the folder count, wherever links or ".." may lead.
        """
        if not address:
            return None
        if self._folder is None or address.lower().startswith(("http://", "https://")):
            noted[NOT_FETCHED] += 1
            return None
        path = (self._folder / address).resolve()
        if not path.is_relative_to(self._folder) or not path.is_file():
            noted[NOT_FOUND] += 1
            return None
        if not _is_picture(path):
            noted[NOT_PICTURES] += 1
            return None
        return path


@lru_cache(maxsize=1_000)
def _is_picture(path: Path) -> bool:
    """Read the file as a picture, as far as is needed to know that it is one."""
    kind = path.suffix.lower().lstrip(".")
    too_large = path.stat().st_size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if too_large or kind == "svg" or kind not in settings.WAGTAILIMAGES_EXTENSIONS:
        return False
    try:
        with Pillow.open(path) as picture:
            picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, Pillow.DecompressionBombError):
        return False
    return True


@lru_cache(maxsize=1_000)
def hash_of(path: Path) -> str:
    """Return what Wagtail knows the file's content by."""
    with path.open("rb") as file:
        found: str = hash_filelike(file)
    return found


def attach_pictures(products: Iterable[NewProduct | ProductChange]) -> None:
    """Give each product the picture found for it, after those that it has."""
    for item in products:
        if item.picture is None:
            continue
        product = Product.objects.get(
            pk=item.pk if isinstance(item, NewProduct) else item.product.pk
        )
        item.picture_id = ProductPicture.objects.create(
            product=product,
            image=_image(item.picture, product.name),
            alt=product.name[:255],
            sort_order=product.pictures.count(),
        ).pk
        ReferenceIndex.create_or_update_for_object(product)


def _image(path: Path, title: str) -> Image:
    known = Image.objects.filter(file_hash=hash_of(path)).first()
    if known is not None:
        return known
    with path.open("rb") as file:
        image = Image(title=title[:255], file=ImageFile(file, name=path.name))
        image.file_hash = hash_of(path)
        image.file_size = path.stat().st_size
        image.save()
    return image
