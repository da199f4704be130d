"""Let a replica of the database answer visitors who have written nothing."""

import logging
from collections.abc import Callable
from time import monotonic

from django.core.exceptions import MiddlewareNotUsed
from django.db import Error, connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from shop.core.routing import REPLICA, replica_may_answer
from shop.storefront.caching import KNOWN_BY, may_be_shared

logger = logging.getLogger(__name__)

# Seconds for which a replica that did not answer is left alone.
REST = 5.0
PRODUCT_PAGES = "/products/"


class ReplicaMiddleware:
    """Read catalogue pages and API lists of anonymous visitors from DATABASE_REPLICA_URL.

    Whoever has a session, a cart or credentials may have written a moment ago, and a replica lags:
    they, and everything that is no catalogue page, read from where writes go.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if REPLICA not in connections.settings:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self._rests_until = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not reads_the_catalogue(request) or not self._answers():
            return self.get_response(request)
        with replica_may_answer():
            return self.get_response(request)

    def _answers(self) -> bool:
        if monotonic() < self._rests_until:
            return False
        try:
            connections[REPLICA].ensure_connection()
        except Error as problem:
            logger.warning("The replica does not answer, the primary does its work: %s", problem)
            self._rests_until = monotonic() + REST
            return False
        return True


def reads_the_catalogue(request: HttpRequest) -> bool:
    """Tell whether an unknown visitor looks at what the shop sells."""
    if may_be_shared(request):
        return True
    return (
        request.method == "GET"
        and request.path.startswith(PRODUCT_PAGES)
        and not any(request.META.get(name) for name in KNOWN_BY)
    )
