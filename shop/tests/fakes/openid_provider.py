"""A pretend OpenID provider on loopback: authorization code with PKCE, client_secret_basic.

It checks what a certified one checks (redirect address, code challenge, client) and can be told to
answer wrongly. Modelled on OpenID Connect Core 1.0 and RFC 7636.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID = "duka shop"
CLIENT_SECRET = "s3cret+/%="  # a secret whose characters have to be encoded
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
SCOPES = ["openid", "profile", "email", "phone"]


def public_key() -> dict[str, Any]:
    """Return what identity tokens are checked with."""
    shown = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
    return {**shown, "kid": "one", "alg": "RS256", "use": "sig"}


@dataclass
class FakeOpenIDProvider:
    """What a test sees: who signs in next, and which answers are spoilt."""

    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    scopes: list[str] | None = field(default_factory=lambda: list(SCOPES))
    # By path: what is answered instead, as (status, content type, body).
    spoilt: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    # Changes the identity token's claims before it is signed.
    change_token: Callable[[dict[str, Any]], None] = lambda claims: None
    asked: list[dict[str, str]] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def discovery(self) -> dict[str, Any]:
        """Return the discovery document."""
        found = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        }
        return found if self.scopes is None else {**found, "scopes_supported": self.scopes}

    def authorize(self, query: dict[str, str]) -> str:
        """Sign the person in at once; return where the browser goes."""
        self.asked.append(query)
        assert query["client_id"] == CLIENT_ID
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        assert set(query["scope"].split()) <= set(self.scopes or SCOPES)
        code = secrets.token_urlsafe(12)
        self._codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def tokens(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """Change a code into tokens, once."""
        kind, _, coded = authorization.partition(" ")
        client = base64.b64decode(coded).decode().split(":") if kind == "Basic" else []
        if [unquote_plus(part) for part in client] != [CLIENT_ID, CLIENT_SECRET]:
            return 401, {"error": "invalid_client"}
        query = self._codes.pop(form["code"], None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if query is None or query["code_challenge"] != challenge:
            return 400, {"error": "invalid_grant"}
        moment = int(time.time())
        claims = {
            "iss": self.url,
            "aud": CLIENT_ID,
            "sub": self.claims.get("sub"),
            "iat": moment,
            "exp": moment + 60,
            "nonce": query.get("nonce"),
        }
        self.change_token(claims)
        token = jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "one"})
        return 200, {"access_token": "opaque", "token_type": "Bearer", "id_token": token}


class _Handler(BaseHTTPRequestHandler):
    """One request; the fake that answers it is set on a subclass."""

    fake: FakeOpenIDProvider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if self._is_spoilt(parts.path):
            return
        if parts.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.fake.authorize(query))
            self.end_headers()
        elif parts.path == "/userinfo":
            good = self.headers["Authorization"] == "Bearer opaque"
            self._write(200 if good else 401, self.fake.claims if good else {})
        elif parts.path == "/jwks":
            self._write(200, {"keys": [public_key()]})
        else:
            self._write(200, self.fake.discovery())

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        form = {name: values[0] for name, values in parse_qs(raw).items()}
        if not self._is_spoilt(urlsplit(self.path).path):
            self._write(*self.fake.tokens(form, self.headers.get("Authorization", "")))

    def _is_spoilt(self, path: str) -> bool:
        spoilt = self.fake.spoilt.get(path)
        if spoilt:
            self._send(*spoilt)
        return bool(spoilt)

    def _write(self, status: int, content: Any) -> None:
        self._send(status, "application/json", json.dumps(content))

    def _send(self, status: int, kind: str, body: str) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Stay quiet."""


@contextmanager
def fake_openid_provider() -> Iterator[FakeOpenIDProvider]:
    """Run the fake on a free port of this machine."""
    fake = FakeOpenIDProvider()

    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"fake": fake}))
    server.daemon_threads = True
    fake.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
