"""What all operations share: how callers say who they are, and what errors look like."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from shop.api.authentication import SCOPES
from shop.catalog.queries.addresses import absolute

# Each error with its name here and what it means.
ERRORS = {
    400: ("Wrong", "A word of the address or a value of the body is wrong; `attr` says which"),
    401: ("WhoAreYou", "Nobody is logged in, or the token is not valid"),
    403: ("Forbidden", "Not with these rights, or not with this token's scopes"),
    404: ("NotFound", "There is no such thing, or it is not yours"),
    409: ("Conflict", "Too little stock, the wrong moment, or the same key is still at work"),
    413: ("TooLarge", "The body has more bytes than are read here"),
    415: ("NotRead", "No such content type is read here"),
    422: ("KeyReused", "This Idempotency-Key came with another request before"),
    429: ("TooMany", "Too many requests; Retry-After says how many seconds to wait"),
}

# What names an answer, so that it can be asked for again.
TAG = {"schema": {"type": "string"}, "description": "Send it back as If-None-Match"}

REPLAYED = {
    "schema": {"const": "true"},
    "description": "There where this is the first answer again to the same Idempotency-Key",
}


def errors_of(codes: set[int]) -> dict[str, Any]:
    """Return the error answers with these codes."""
    return {
        str(code): {"$ref": f"#/components/responses/{ERRORS[code][0]}"} for code in sorted(codes)
    }


def shared_answers() -> dict[str, Any]:
    """Return by name the answers that many operations have; errors have one shape."""
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Errors"}}}
    answers: dict[str, Any] = {
        name: {"description": text, "content": content} for name, text in ERRORS.values()
    }
    answers["TooMany"]["headers"] = {
        "Retry-After": {"schema": {"type": "integer"}, "description": "Seconds", "required": True}
    }
    answers["Conflict"]["headers"] = {
        "Retry-After": {
            "schema": {"type": "integer"},
            "description": "Seconds, where waiting helps: a phone was asked a moment ago",
        }
    }
    answers["Unchanged"] = {"description": "What you have is true", "headers": {"ETag": TAG}}
    return answers


def security_schemes() -> dict[str, Any]:
    """Return the ways to say who calls."""
    scopes = {name: str(text) for name, text in SCOPES.items()}
    token = absolute(reverse("idp:oidc:token"))
    consent = absolute(reverse("idp:oidc:authorization"))
    return {
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "A browser's login. What writes needs X-CSRFToken beside it.",
        },
        "session_token": {
            "type": "apiKey",
            "in": "header",
            "name": "X-Session-Token",
            "description": "An app's login by /_allauth/app/v1/.",
        },
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of the shop, or of the outside provider it trusts.",
        },
        "oauth2": {
            "type": "oauth2",
            "description": "How a registered client gets a bearer token; codes need PKCE.",
            "flows": {
                "clientCredentials": {"tokenUrl": token, "scopes": scopes},
                "authorizationCode": {
                    "authorizationUrl": consent,
                    "tokenUrl": token,
                    "refreshUrl": token,
                    "scopes": scopes,
                },
            },
        },
        "cart_token": {
            "type": "apiKey",
            "in": "header",
            "name": "X-Cart-Token",
            "description": "A guest's cart, by the token in the cart's answer.",
        },
    }


def security_of(scopes: list[str], *, public: bool, cart: bool) -> list[dict[str, list[str]]]:
    """Return the ways to call one operation; any one of them will do."""
    ways: list[dict[str, list[str]]] = [{}] if public else []
    if cart:
        ways.append({"cart_token": []})
    ways += [{"session": []}, {"session_token": []}]
    if scopes or public:
        # What asks for rights and names no scope is closed to tokens.
        ways += [{"bearer": scopes}, {"oauth2": scopes}]
    return ways


def add_components(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Put what all operations share into the description (settings: POSTPROCESSING_HOOKS)."""
    result["components"] |= {
        "responses": shared_answers(),
        "securitySchemes": security_schemes(),
    }
    return result
