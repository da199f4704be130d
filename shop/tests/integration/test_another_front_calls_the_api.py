"""A front of another origin, in a browser, may use the API if the shop names it."""

import pytest
from django.test import Client

FRONT = "https://front.example"


@pytest.fixture(autouse=True)
def _one_front(settings: object) -> None:
    settings.CORS_ALLOWED_ORIGINS = [FRONT]


def asked(client: Client, origin: str, path: str = "/api/v2/orders/") -> dict[str, str]:
    """Ask as browsers do ahead of a request with headers of its own."""
    answer = client.options(
        path,
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type,idempotency-key,x-cart-token",
        },
    )
    return dict(answer.headers)


def test_it_may_send_its_cart_and_its_key(client: Client, db: None) -> None:
    allowed = asked(client, FRONT)
    assert allowed["access-control-allow-origin"] == FRONT
    names = allowed["access-control-allow-headers"].split(", ")
    assert {"content-type", "idempotency-key", "x-cart-token"} <= set(names)
    answer = client.get("/api/v2/cart/", headers={"Origin": FRONT})
    told = set(answer.headers["access-control-expose-headers"].split(", "))
    assert {"ETag", "Idempotency-Replayed", "Link", "Retry-After"} <= told


def test_nobody_else_may(client: Client, shop_site: object) -> None:
    assert "access-control-allow-origin" not in asked(client, "https://evil.example")
    assert "access-control-allow-origin" not in asked(client, FRONT, "/cart/lines/")


def test_it_may_read_where_tokens_come_from(client: Client, db: None) -> None:
    for path in ("openid-configuration", "jwks.json"):
        answer = client.get(f"/.well-known/{path}", headers={"Origin": FRONT})
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == FRONT
