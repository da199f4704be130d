"""How an address is described: from a table of shapes, so that views stay free of it."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from shop.api.schema.operations import OPERATIONS, WAGTAIL, Operation
from shop.api.schema.shapes import ErrorsShape

PREFIX = "/api/v2/"


class ShopSchema(AutoSchema):
    """Look an operation up by address and method (settings: DEFAULT_SCHEMA_CLASS)."""

    @property
    def _described(self) -> Operation:
        path = self.path.removeprefix(PREFIX)
        found = OPERATIONS.get((self.method, path)) or WAGTAIL.get(path.partition("/")[2])
        return found or Operation()

    def get_operation_id(self) -> str:
        parts = self.path.removeprefix(PREFIX).replace("-", "_").split("/")
        return "_".join([self.method.lower(), *(part.strip("{}") for part in parts if part)])

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix(PREFIX).partition("/")[0]]

    def get_request_serializer(self) -> Any:
        return self._described.body

    def get_response_serializers(self) -> Any:
        return {**self._described.answers, "default": ErrorsShape}

    def get_override_parameters(self) -> list[Any]:
        described = self._described
        headers = [_header(name, text) for name, text in described.headers.items()]
        return [*_words(described.words), *headers]

    def map_parsers(self) -> list[Any]:
        body = self._described.body
        return list(body) if isinstance(body, dict) else ["application/json"]

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False


def _words(words: dict[str, tuple[Any, str]]) -> Iterable[OpenApiParameter]:
    for name, (kind, text) in words.items():
        yield OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=text)


def _header(name: str, text: str) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, OpenApiParameter.HEADER, description=text)


class SessionScheme(OpenApiAuthenticationExtension):
    """The session cookie, as Django knows it."""

    target_class = "shop.api.door.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}


def only_the_shops(endpoints: list[Any], **kwargs: Any) -> list[Any]:
    """Leave out the admin's own addresses and the one that catches what does not exist."""
    return [
        endpoint
        for endpoint in endpoints
        if endpoint[0].startswith(PREFIX) and endpoint[0] not in (PREFIX, f"{PREFIX}docs/")
    ]
