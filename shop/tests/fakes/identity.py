"""A pretend identity provider on loopback: its discovery, its keys, and tokens signed by it."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

AUDIENCE = "duka-api"
_RSA_KEYS = [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(3)]
_EC_KEY = ec.generate_private_key(ec.SECP256R1())


class Provider:
    """What the provider answers; tests change it while it runs."""

    def __init__(self) -> None:
        self.issuer = ""
        self.kids = {"first": _RSA_KEYS[0], "curve": _EC_KEY}
        self.requests: list[str] = []
        self.down = False
        self.keys_answer: Any = None
        self.redirect = ""
        self.discovered: dict[str, Any] = {}

    @property
    def key_requests(self) -> int:
        return self.requests.count("/keys")

    def rotate(self, kid: str) -> None:
        """Replace all keys by one new key."""
        self.kids = {kid: _RSA_KEYS[1]}

    def keys(self) -> dict[str, Any]:
        if self.keys_answer is not None:
            return self.keys_answer
        return {"keys": [public_jwk(key, kid) for kid, key in self.kids.items()]}

    def discovery(self) -> dict[str, Any]:
        return {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys", **self.discovered}

    def claims(self, **changes: Any) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": AUDIENCE,
            "sub": "person-1",
            "iat": now,
            "exp": now + 300,
            **changes,
        }
        return {name: value for name, value in claims.items() if value is not ...}

    def token(self, *, kid: str = "first", key: Any = None, **changes: Any) -> str:
        """Sign a token; a claim given as `...` is left out."""
        key = key or self.kids[kid]
        algorithm = "ES256" if isinstance(key, ec.EllipticCurvePrivateKey) else "RS256"
        return jwt.encode(self.claims(**changes), key, algorithm, headers={"kid": kid})


def stranger_key() -> rsa.RSAPrivateKey:
    """A key that the provider never publishes."""
    return _RSA_KEYS[2]


def public_jwk(key: Any, kid: str, **more: Any) -> dict[str, Any]:
    kind = ECAlgorithm if isinstance(key, ec.EllipticCurvePrivateKey) else RSAAlgorithm
    return {**kind.to_jwk(key.public_key(), as_dict=True), "kid": kid, "use": "sig", **more}


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Serve a provider on a free port."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.requests.append(self.path)
            if provider.down:
                self.send_error(503)
                return
            if provider.redirect:
                self.send_response(302)
                self.send_header("Location", provider.redirect)
                self.end_headers()
                return
            found = {
                "/.well-known/openid-configuration": provider.discovery,
                "/keys": provider.keys,
            }.get(self.path)
            if found is None:
                self.send_error(404)
                return
            answer = found()
            body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
