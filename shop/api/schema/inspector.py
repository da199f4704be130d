"""How an address is described: from tables of shapes, so that views stay free of it."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from shop.api.schema.components import REPLAYED, TAG, errors_of, security_of
from shop.api.schema.operation import KNOWN, ONCE, Operation, Words
from shop.api.schema.operations import OPERATIONS
from shop.api.schema.shapes.basics import ErrorsShape

PREFIX = "/api/v2/"


class ShopSchema(AutoSchema):
    """Look an operation up by address and method (settings: DEFAULT_SCHEMA_CLASS)."""

    @property
    def _described(self) -> Operation:
        return OPERATIONS.get((self.method, self.path.removeprefix(PREFIX)), Operation())

    @property
    def _scopes(self) -> list[str]:
        """Return the scopes that a bearer token needs for this."""
        scopes: dict[str, str] = getattr(self.view, "scopes", {})
        named = [scopes[self.method]] if self.method in scopes else []
        return [*named, *self._described.also]

    def get_operation_id(self) -> str:
        parts = self.path.removeprefix(PREFIX).replace("-", "_").split("/")
        return "_".join([self.method.lower(), *(part.strip("{}") for part in parts if part)])

    def get_summary(self) -> str:
        return self._said[0].rstrip(".")

    def get_description(self) -> str:  # type: ignore[override]
        return self._said[1]

    @property
    def _said(self) -> tuple[str, str]:
        """Return the first line of what the code says of itself, and the rest."""
        first, _line, rest = super().get_description().partition("\n")
        return first, rest.strip()

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix(PREFIX).partition("/")[0]]

    def get_auth(self) -> list[dict[str, list[str]]]:
        described = self._described
        return security_of(self._scopes, public=described.public, cart=described.cart)

    def get_request_serializer(self) -> Any:
        return self._described.body

    def get_response_serializers(self) -> Any:
        return dict(self._described.answers)

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        self.resolve_serializer(ErrorsShape, direction)
        answers: dict[str, Any] = super()._get_response_bodies(direction)
        if self._validated:
            answers["200"]["headers"] = {"ETag": TAG}
            answers["304"] = {"$ref": "#/components/responses/Unchanged"}
        for answer in answers.values() if self._once else ():
            answer["headers"] = {"Idempotency-Replayed": REPLAYED}
        return answers | errors_of(self._errors())

    @property
    def _validated(self) -> bool:
        """Tell whether the answer has a tag by which it can be asked for again."""
        name = getattr(self.view, "action", None) or self.method.lower()
        return self._described.tagged or hasattr(getattr(self.view, name, None), "validated")

    @property
    def _once(self) -> bool:
        """Tell whether the same Idempotency-Key gives the first answer again."""
        return bool(ONCE.keys() & self._described.headers.keys())

    def _errors(self) -> set[int]:
        """Return the errors that follow from what the operation is, and its own."""
        described = self._described
        writes = self.method != "GET"
        found = {400, 401, *described.errors}
        if writes or not getattr(self.view, "open_to_all", False):
            found.add(429)
        if "{" in self.path:
            found.add(404)
        if writes or self._scopes or not described.public:
            found.add(403)
        if described.body is not None:
            found |= {413, 415}
        if self._once:
            found |= {409, 422}
        return found

    def get_override_parameters(self) -> list[Any]:
        described = self._described
        named = {**described.headers, **(KNOWN if self._validated else {})}
        headers = [_header(name, text) for name, text in named.items()]
        return [*_words(described.words), *headers]

    def map_parsers(self) -> list[Any]:
        body = self._described.body
        return list(body) if isinstance(body, dict) else ["application/json"]

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False

    def _get_serializer_name(self, *args: Any, **kwargs: Any) -> str:
        name: str = super()._get_serializer_name(*args, **kwargs)
        return name.removesuffix("Shape")


def _words(words: Words) -> Iterable[OpenApiParameter]:
    for name, (schema, text) in words.items():
        yield OpenApiParameter(name, schema, OpenApiParameter.QUERY, description=text)


def _header(name: str, text: str) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, OpenApiParameter.HEADER, description=text)


def only_the_shops(endpoints: list[Any], **kwargs: Any) -> list[Any]:
    """Leave out the admin's own addresses and the one that catches what does not exist."""
    return [
        endpoint
        for endpoint in endpoints
        if endpoint[0].startswith(PREFIX) and endpoint[0] not in (PREFIX, f"{PREFIX}docs/")
    ]
