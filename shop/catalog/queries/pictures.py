"""Pictures as pages show them: the sizes that were made already, in one statement for all."""

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import FilteredRelation, Q
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import Image, SourceImageIOError
from willow.registry import UnrecognisedOperationError, UnroutableOperationError

from shop.catalog.pictures import CARD, GALLERY, THUMB, PictureKind

logger = logging.getLogger(__name__)

Picture = dict[str, Any]

UNREADABLE = (
    SourceImageIOError,
    InvalidFilterSpecError,
    UnrecognisedOperationError,
    UnroutableOperationError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class _Size:
    spec: str
    file: str
    width: int
    height: int


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
    files: dict[int, tuple[str, int, int, str]] = {}
    sizes: dict[int, dict[str, _Size]] = defaultdict(dict)
    rows = (
        Image.objects.filter(pk__in=ids)
        .annotate(
            made=FilteredRelation("renditions", condition=Q(renditions__filter_spec__in=specs))
        )
        .order_by("made__pk")
        .values_list(
            "pk",
            "file",
            "width",
            "height",
            "title",
            "made__filter_spec",
            "made__file",
            "made__width",
            "made__height",
        )
    )
    for pk, file, width, height, title, spec, made_file, made_width, made_height in rows:
        files[pk] = (file, width, height, title)
        if spec is not None:
            sizes[pk][spec] = _Size(spec, made_file, made_width, made_height)
    return {pk: _kinds(pk, files[pk], sizes[pk], uses[pk]) for pk in files}


def _kinds(
    pk: int,
    file: tuple[str, int, int, str],
    sizes: dict[str, _Size],
    kinds: Collection[PictureKind],
) -> dict[str, Picture]:
    name, width, height, title = file
    if name.lower().endswith(".svg"):
        drawn = {"src": default_storage.url(name), "width": width, "height": height, "alt": title}
        return {kind.name: dict(drawn) for kind in kinds}
    found = {kind.name: _picture(pk, title, sizes, kind) for kind in kinds}
    return {kind: picture for kind, picture in found.items() if picture}


def _picture(pk: int, title: str, sizes: dict[str, _Size], kind: PictureKind) -> Picture | None:
    fallback = sizes.get(kind.fallback) or _make(pk, kind.fallback)
    if fallback is None:
        return None
    return {
        "src": default_storage.url(fallback.file),
        "width": fallback.width,
        "height": fallback.height,
        "alt": title,
        "avif_srcset": _srcset(sizes, kind.avif),
        "webp_srcset": _srcset(sizes, kind.webp),
    }


def _srcset(sizes: dict[str, _Size], specs: Collection[str]) -> str:
    # A picture smaller than a size is not enlarged, so several specs may give the same width.
    by_width = {sizes[spec].width: sizes[spec].file for spec in specs if spec in sizes}
    return ", ".join(f"{default_storage.url(file)} {width}w" for width, file in by_width.items())


def _make(pk: int, spec: str) -> _Size | None:
    try:
        made = Image.objects.get(pk=pk).get_rendition(spec)
    except UNREADABLE as problem:
        logger.warning("picture %s cannot be shown: %s", pk, problem)
        return None
    return _Size(spec, made.file.name, made.width, made.height)


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
