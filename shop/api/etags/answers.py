"""The tag of an answer, and the short answer to whoever has it."""

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from rest_framework.request import Request

from shop.api.words import LARGEST_ID
from shop.catalog.changes import Version, catalogue_seen, catalogue_version
from shop.catalog.models import Product, Variant
from shop.core.clock import now
from shop.core.release import release
from shop.inventory.models import StockLevel

Handler = Callable[..., Any]
# Something of an answer that the catalogue's version does not tell.
State = Callable[..., object]

# To be asked each time whether it is still true is the price of never being wrong.
CACHE_CONTROL = "no-cache"
TAG = re.compile(r'(?:W/)?"([^"]*)"')


def validated(
    state: State | None = None, *, personal: bool = False
) -> Callable[[Handler], Handler]:
    """Give a GET handler an ETag, and answer 304 where If-None-Match names it.

    `state` is called with the address's arguments. A `personal` answer depends on who asks: it gets
    no tag where somebody has a session.
    """

    def decorate(handler: Handler) -> Handler:
        @wraps(handler)
        def answer(view: Any, request: Request, *args: Any, **kwargs: Any) -> Any:
            known = settings.SESSION_COOKIE_NAME in request.COOKIES or request.user.is_authenticated
            if "search" in request.GET or (personal and known):
                # What a search finds is kept elsewhere.
                return handler(view, request, *args, **kwargs)
            version = catalogue_version()
            if version is None:
                return handler(view, request, *args, **kwargs)
            tag = tag_of(request, version, state(*args, **kwargs) if state else None)
            if unchanged := not_modified(request, tag):
                return unchanged
            with catalogue_seen(version):
                response = handler(view, request, *args, **kwargs)
            if response.status_code != 200:
                return response
            if state is None:
                response.catalogue_version = version  # made of nothing else
            return _marked(response, tag)

        answer.validated = True  # type: ignore[attr-defined]  # the description tells of the tag
        return answer

    return decorate


def product_state(product_id: int) -> object:
    """Return what a product's own answer says beyond the lists: units left, a sale of variants."""
    if product_id > LARGEST_ID:
        return None
    variants = Variant.objects.filter(product_id=product_id).values("pk")
    levels = StockLevel.objects.filter(variant_id__in=variants).order_by("pk")
    windows = Product.objects.filter(pk=product_id).values_list("sale_from", "sale_until")
    moment = now()
    passed = [bool(end and end <= moment) for window in windows for end in window]
    return list(levels.values_list("pk", "tracked", "on_hand", "reserved")), passed


def not_modified(request: Any, tag: str) -> HttpResponseNotModified | None:
    """Return the short answer if the caller has what the tag names."""
    if tag not in TAG.findall(request.META.get("HTTP_IF_NONE_MATCH", "")):
        return None
    short: HttpResponseNotModified = _marked(HttpResponseNotModified(), tag)
    return short


def tag_of(request: Any, version: Version, state: object = None) -> str:
    """Return the tag of this address's present answer."""
    parts = (
        release(), version, state,
        request.scheme, request.get_host(), request.get_full_path(),
    )  # fmt: skip
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def _marked(response: Any, tag: str) -> Any:
    # Weak, for whoever compresses on the way may change the bytes.
    response["ETag"] = f'W/"{tag}"'
    response["Cache-Control"] = CACHE_CONTROL
    patch_vary_headers(response, ("Authorization", "Cookie"))
    return response
