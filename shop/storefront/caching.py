"""Answer the same anonymous question once for each state of the shop, however many ask it."""

import hashlib
import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from shop.catalog.changes import Version, catalogue_version
from shop.core.kept import Kept, KeptAnswers
from shop.core.release import release

LONGEST_QUERY = 500
# The key of a kept answer tells these apart, or nobody who sends them meets one.
HARMLESS_VARIATIONS = {"cookie", "accept-encoding", "authorization", "origin"}
# Whoever says one of these is known, or knows an answer already.
KNOWN_BY = (
    "HTTP_COOKIE",
    "HTTP_AUTHORIZATION",
    "HTTP_X_CART_TOKEN",
    "HTTP_X_SESSION_TOKEN",
    "HTTP_IF_NONE_MATCH",
    "HTTP_RANGE",
)
ASKED_WITH = (
    "HTTP_HOST",
    "SERVER_PORT",
    "QUERY_STRING",
    "HTTP_ACCEPT",
    "HTTP_ORIGIN",
    "HTTP_X_REQUESTED_WITH",
    "HTTP_HX_REQUEST",
)
# Pages made of nothing but what the catalogue's version counts.
CATALOGUE_PAGES = {"wagtail_serve", "search", "search-suggest", "sitemap", "sitemap-part"}
SEARCHES = {"search", "search-suggest"}
CATALOGUE_READS = re.compile(r"/api/v2/(products|categories|pages|images|documents)/")
# Nothing of these is ever the same for everybody.
OWN_RULES = re.compile(
    r"/(admin|account|api|health|media|static|products|cart|checkout|orders|payments|messages|stop"
    r"|simulators|identity|_allauth|\.well-known)(/|$)"
)
_GZIP = re.compile(r"\bgzip\b")


class PageCacheMiddleware:
    """Keep anonymous catalogue pages and API reads until something that shoppers see changes.

    Only GET without any cookie or credentials, only answers with status 200 that set no cookie and
    vary by nothing that the key does not hold. A shopper with a cart or an account never meets it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if settings.PAGE_CACHE_SECONDS <= 0:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self._answers = KeptAnswers(settings.PAGE_CACHE_SECONDS)
        self._version: Version | None = None

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not may_be_shared(request):
            return self.get_response(request)
        version = self._read_version()
        if version is None:
            return self.get_response(request)
        request.catalogue_version = version  # type: ignore[attr-defined]
        return self._shared(request, version)

    def _shared(self, request: HttpRequest, version: Version) -> HttpResponseBase:
        key = key_of(request, version)
        kept = self._answers.get(key)
        if kept is None:
            with self._answers.turn(key) as kept:
                if kept is None:
                    response = self.get_response(request)
                    if _is_of(response, request, version):
                        _tell_caches_in_front(response, request)
                        content: bytes = response.content  # type: ignore[attr-defined]
                        self._answers.keep(key, Kept(content, dict(response.headers)))
                    return response
        return HttpResponse(kept.content, headers=kept.headers)

    def _read_version(self) -> Version | None:
        """Without the database, what was kept last is better than nothing."""
        try:
            self._version = catalogue_version()
        except Error:
            return self._version
        return self._version


def may_be_shared(request: HttpRequest) -> bool:
    """Tell whether anybody who asks this gets the same answer."""
    meta = request.META
    if request.method != "GET" or any(meta.get(name) for name in KNOWN_BY):
        return False
    if len(meta.get("QUERY_STRING", "")) > LONGEST_QUERY:
        return False
    return bool(CATALOGUE_READS.match(request.path) or not OWN_RULES.match(request.path))


def key_of(request: HttpRequest, version: Version) -> str:
    """Return a key that holds whatever an answer to the anonymous request depends on."""
    meta = request.META
    parts = (
        release(),
        version,
        request.scheme,
        request.path,
        bool(_GZIP.search(meta.get("HTTP_ACCEPT_ENCODING", ""))),
        *(meta.get(name, "") for name in ASKED_WITH),
    )
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def _tell_caches_in_front(response: HttpResponseBase, request: HttpRequest) -> None:
    """Let a cache that is told of changes keep a page, by the one address it is told of."""
    if settings.CDN_SECONDS and not request.META.get("QUERY_STRING"):
        rules = f"public, max-age=0, s-maxage={settings.CDN_SECONDS}"
        response.headers.setdefault("Cache-Control", rules)


def _is_of(response: HttpResponseBase, request: HttpRequest, version: Version) -> bool:
    """Tell whether an answer is made of that version of the catalogue and of nothing else."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    varies = {part.strip().lower() for part in response.headers.get("Vary", "").split(",")}
    if not varies - {""} <= HARMLESS_VARIATIONS:
        return False
    if CATALOGUE_READS.match(request.path):
        return getattr(response, "catalogue_version", None) == version
    rules = response.headers.get("Cache-Control", "")
    if any(word in rules for word in ("private", "no-store", "no-cache")):
        return False
    match = request.resolver_match
    name = match.url_name if match else None
    if settings.SEARCH_URL and name in SEARCHES:  # a search server learns of changes a moment later
        return False
    return name in CATALOGUE_PAGES
