"""Say how long an answer took, give each request a name for the log, and count it."""

import re
import secrets
from collections.abc import Callable
from contextlib import ExitStack
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from shop.core.tracing import request_id

if settings.METRICS_TOKEN:
    from shop.health.metrics import count_request

_NAME = re.compile(r"[A-Za-z0-9._-]{8,64}")


class _Statements:
    """Counts the statements of one request and the seconds they took."""

    def __init__(self) -> None:
        self.number = 0
        self.seconds = 0.0

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        began = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.number += 1
            self.seconds += perf_counter() - began


class TimingMiddleware:
    """Add `Server-Timing` (milliseconds) and `X-Request-ID` to every answer.

    A proxy of one's own (TRUSTED_PROXY_COUNT) may give the request its name.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = perf_counter()
        statements = _Statements()
        named = request_id.set(self._name(request))
        try:
            with ExitStack() as counted:
                for connection in connections.all():
                    counted.enter_context(connection.execute_wrapper(statements))
                response = self.get_response(request)
            seconds = perf_counter() - began
            response.headers["X-Request-ID"] = request_id.get()
            response.headers["Server-Timing"] = (
                f"app;dur={(seconds - statements.seconds) * 1000:.1f},"
                f'db;dur={statements.seconds * 1000:.1f};desc="{statements.number} statements"'
            )
            if settings.METRICS_TOKEN:
                count_request(
                    path=request.path,
                    method=request.method or "",
                    status=response.status_code,
                    seconds=seconds,
                    queries=statements.number,
                )
            return response
        finally:
            request_id.reset(named)

    @staticmethod
    def _name(request: HttpRequest) -> str:
        if settings.ALLAUTH_TRUSTED_PROXY_COUNT:
            given = request.META.get("HTTP_X_REQUEST_ID", "")
            if _NAME.fullmatch(given):
                return str(given)
        return secrets.token_hex(8)
