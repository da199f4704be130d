"""What every address of the API has in common: who asks, how bodies are read, and how large."""

import json
from collections.abc import Sequence
from typing import Any, ClassVar

from rest_framework.exceptions import ParseError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from shop.api.authentication import CHAIN, require_scope
from shop.api.errors import TooLarge, missing, wrong
from shop.api.idempotency import Claim
from shop.api.throttles import CallerThrottle

KILOBYTE = 1024
LARGEST_BODY = 512 * KILOBYTE
DEEPEST_BODY = 32


class AlwaysJson(DefaultContentNegotiation):
    """Answer JSON whatever the Accept header says; bodies are chosen by their content type."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class StrictJSONParser(JSONParser):
    """Refuse what is JSON to Python but no text to a database: lone surrogates, endless nesting."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            data = super().parse(stream, media_type, parser_context)
            _refuse_depth(data)
            json.dumps(data, ensure_ascii=False).encode()
        except RecursionError as problem:
            raise ParseError("JSON parse error - nested too deeply") from problem
        except UnicodeError as problem:
            raise ParseError("JSON parse error - a character is not Unicode") from problem
        return data


def _refuse_depth(data: Any) -> None:
    """Refuse lists in lists in lists: whatever reads them later would do so by calling itself."""
    level, depth = [data], 0
    while level:
        if depth > DEEPEST_BODY:
            raise ParseError("JSON parse error - nested too deeply")
        inside = [part for part in level if isinstance(part, (dict, list))]
        level = [
            part
            for whole in inside
            for part in (whole.values() if isinstance(whole, dict) else whole)
        ]
        depth += 1


class Guarded:
    """Checks that come before any view's own work."""

    largest_body = LARGEST_BODY
    # The scope that a bearer token must have, by method; a method not named needs none.
    scopes: ClassVar[dict[str, str]] = {}
    # The limit of API_RATES that counts a method, if it is another than "read" or "write".
    rates: ClassVar[dict[str, str]] = {}
    # Whether reading has no limit, as for the public catalogue.
    open_to_all = False
    throttle_classes: Sequence[type[BaseThrottle]] = [CallerThrottle]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse bodies that are too large and words that no database can read."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > self.largest_body:
            raise TooLarge(f"At most {self.largest_body // KILOBYTE} kB are read here.")
        if "\x00" in request.path:
            raise missing()
        for word, values in request.GET.lists():
            if any("\x00" in text for text in (word, *values)):
                raise wrong(word.replace("\x00", ""), "Null characters are not allowed.")
        super().initial(request, *args, **kwargs)  # type: ignore[misc]

    def check_permissions(self, request: Request) -> None:
        """Ask for the method's scope before asking for rights."""
        method = "GET" if request.method == "HEAD" else str(request.method)
        require_scope(request.auth, self.scopes.get(method))
        super().check_permissions(request)  # type: ignore[misc]


class ApiView(Guarded, APIView):
    """An address of the shop's own."""

    authentication_classes = CHAIN
    parser_classes = [StrictJSONParser]
    renderer_classes = [JSONRenderer]
    content_negotiation_class = AlwaysJson

    # The claim of this request's Idempotency-Key, while the work is being done.
    claim: Claim | None = None
    # Whether an answer to a guest names the guest's cart, which nobody else may be told.
    answers_with_a_cart = False

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        """Keep the answer for the next request with the same key."""
        final: Response = super().finalize_response(request, response, *args, **kwargs)
        if self.claim is not None:
            self.claim.settle(final)
        return final
