"""Answer the same anonymous question once a second, however many ask it."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

MOST_BYTES = 32 * 1024 * 1024
LONGEST_QUERY = 500
# Answers that depend on these request headers differ per visitor or program.
HARMLESS_VARIATIONS = {"cookie", "accept-encoding"}
OWN_RULES = ("/admin/", "/account/", "/api/", "/health/", "/media/", "/static/")

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer and the moment until which it may be given again."""

    until: float
    content: bytes
    headers: dict[str, str]


class MicroCacheMiddleware:
    """Keep anonymous pages for SECONDS in the memory of this process.

    Only GET without any cookie or credentials, only answers with status 200 that set no cookie and
    vary by nothing else than encoding. A shopper with a cart or an account never meets it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.seconds: float = settings.MICRO_CACHE_SECONDS
        if self.seconds <= 0:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self._stored: OrderedDict[Key, Stored] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = self._key(request)
        if key is None:
            return self.get_response(request)
        stored = self._stored.get(key)
        if stored is not None and monotonic() < stored.until:
            return HttpResponse(stored.content, headers=stored.headers)
        asked_at = monotonic()
        response = self.get_response(request)
        if _may_be_kept(response):
            self._keep(key, asked_at + self.seconds, response)
        return response

    @staticmethod
    def _key(request: HttpRequest) -> Key | None:
        meta = request.META
        if (
            request.method != "GET"
            or meta.get("HTTP_COOKIE")
            or meta.get("HTTP_AUTHORIZATION")
            or len(meta.get("QUERY_STRING", "")) > LONGEST_QUERY
            or request.path.startswith(OWN_RULES)
        ):
            return None
        return (
            meta.get("HTTP_HOST", ""),
            meta.get("SERVER_PORT", ""),
            request.scheme or "",
            request.path,
            meta.get("QUERY_STRING", ""),
            meta.get("HTTP_ACCEPT_ENCODING", ""),
            meta.get("HTTP_X_REQUESTED_WITH", ""),
            meta.get("HTTP_HX_REQUEST", ""),
        )

    def _keep(self, key: Key, until: float, response: HttpResponseBase) -> None:
        content: bytes = response.content  # type: ignore[attr-defined]
        with self._lock:
            self._drop(key)
            self._stored[key] = Stored(until, content, dict(response.headers))
            self._bytes += len(content)
            now = monotonic()
            while self._stored:
                oldest = next(iter(self._stored))
                if self._bytes <= MOST_BYTES and self._stored[oldest].until > now:
                    break
                self._drop(oldest)

    def _drop(self, key: Key) -> None:
        gone = self._stored.pop(key, None)
        if gone is not None:
            self._bytes -= len(gone.content)


def _may_be_kept(response: HttpResponseBase) -> bool:
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    rules = response.headers.get("Cache-Control", "")
    if any(word in rules for word in ("private", "no-store", "no-cache")):
        return False
    varies = {part.strip().lower() for part in response.headers.get("Vary", "").split(",")}
    return varies - {""} <= HARMLESS_VARIATIONS
