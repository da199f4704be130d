"""Pictures as pages show them: the sizes that were made already, in one statement for all."""

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.core.files.storage import FileSystemStorage, default_storage
from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import Image, Rendition, SourceImageIOError
from willow.registry import UnrecognisedOperationError, UnroutableOperationError

from shop.catalog.pictures import CARD, GALLERY, THUMB, PictureKind
from shop.core.statements import Statement

logger = logging.getLogger(__name__)

Picture = dict[str, Any]

UNREADABLE = (
    SourceImageIOError,
    InvalidFilterSpecError,
    UnrecognisedOperationError,
    UnroutableOperationError,
    OSError,
)


# File name, width and height of one size that was made.
_Size = tuple[str, int, int]


def _sizes(image_ids: list[int], specs: list[str]) -> QuerySet[Rendition, Any]:
    return (
        Rendition.objects.filter(image__in=image_ids, filter_spec__in=specs)
        .order_by("pk")
        .values_list("image_id", "filter_spec", "file", "width", "height")
    )


_SIZES = Statement(_sizes)


def pictures(image_ids: Collection[int], *kinds: PictureKind) -> dict[int, dict[str, Picture]]:
    """Return each image's picture by kind: one statement. See `pictures_by_use`."""
    return pictures_by_use(dict.fromkeys(image_ids, kinds))


def pictures_by_use(
    uses: Mapping[int, Sequence[PictureKind]],
) -> dict[int, dict[str, Picture]]:
    """Return pictures of images that are used in different kinds: one statement.

    Images that cannot be read are left out.

    Sizes are made in the background (`tasks.prepare_pictures`); a picture without any gets its
    fallback size here.
    """
    ids = {pk for pk in uses if pk}
    if not ids:
        return {}
    specs = {spec for pk in ids for kind in uses[pk] for spec in kind.specs}
    sizes: dict[int, dict[str, _Size]] = defaultdict(dict)
    for pk, spec, file, width, height in _SIZES.rows(sorted(ids), sorted(specs)):
        sizes[pk][spec] = (file, width, height)
    found = {pk: _made(sizes[pk], uses[pk]) for pk in sizes}
    lacking = [pk for pk in ids if len(found.get(pk, ())) < len(uses[pk])]
    return found | _unmade(lacking, uses, found) if lacking else found


def _made(sizes: dict[str, _Size], kinds: Sequence[PictureKind]) -> dict[str, Picture]:
    return {
        kind.name: {
            "src": file_address(sizes[kind.fallback][0]),
            "width": str(sizes[kind.fallback][1]),
            "height": str(sizes[kind.fallback][2]),
            "alt": "",
            "avif_srcset": _srcset(sizes, kind.avif),
            "webp_srcset": _srcset(sizes, kind.webp),
        }
        for kind in kinds
        if kind.fallback in sizes
    }


def _srcset(sizes: dict[str, _Size], specs: Sequence[str]) -> SafeString:
    # A picture smaller than a size is not enlarged, so several specs may give the same width.
    by_width = {sizes[spec][1]: sizes[spec][0] for spec in specs if spec in sizes}
    return SafeString(
        ", ".join([f"{file_address(file)} {width}w" for width, file in by_width.items()])
    )


def file_address(name: str) -> SafeString:
    """Return the address of a stored file; templates need not escape it again."""
    # Our own disk gives files ASCII names without anything to quote. Asking the storage parses
    # addresses anew each time, and a page of cards asks for 170 of them.
    before = _own_disk()
    if before is not None and name.isascii():
        return SafeString(before + name)
    return SafeString(escape(default_storage.url(name)))


@lru_cache(maxsize=1)
def _own_disk() -> str | None:
    """Return how addresses of files begin on our own disk, None for another storage."""
    return default_storage.base_url if isinstance(default_storage, FileSystemStorage) else None


def _unmade(
    ids: Collection[int],
    uses: Mapping[int, Sequence[PictureKind]],
    found: Mapping[int, dict[str, Picture]],
) -> dict[int, dict[str, Picture]]:
    """Return pictures of images that lack a size: drawings as they are, others made now."""
    added = {}
    for image in Image.objects.filter(pk__in=ids):
        kinds = dict(found.get(image.pk, {}))
        for kind in uses[image.pk]:
            if image.is_svg():
                kinds[kind.name] = {
                    "src": file_address(image.file.name),
                    "width": str(image.width),
                    "height": str(image.height),
                    "alt": "",
                }
            elif kind.name not in kinds and (made := _make(image, kind.fallback)):
                kinds |= _made({kind.fallback: made}, [kind])
        added[image.pk] = kinds
    return added


def _make(image: Image, spec: str) -> _Size | None:
    try:
        made = image.get_rendition(spec)
    except UNREADABLE as problem:
        logger.warning("picture %s cannot be shown: %s", image.pk, problem)
        return None
    return made.file.name, made.width, made.height


def picture(image_id: int | None, kind: PictureKind = GALLERY) -> Picture | None:
    """Return one image's picture, or None."""
    return pictures([image_id], kind).get(image_id, {}).get(kind.name) if image_id else None


def block_picture(image: Any) -> Picture | None:
    """Return the picture that an editor put into a block, described as the block says."""
    shown = picture(image.pk) if image else None
    if shown is None:
        return None
    if image.decorative:
        return {**shown, "alt": ""}
    words = image.contextual_alt_text or image.default_alt_text
    return {**shown, "alt": words}


__all__ = [
    "CARD",
    "GALLERY",
    "THUMB",
    "Picture",
    "PictureKind",
    "block_picture",
    "picture",
    "pictures",
]
