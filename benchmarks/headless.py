"""Jobs of other fronts and programs: unchanged answers, bearer tokens, GraphQL (H1 to H3)."""

import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from benchmarks.bench import Bench
from benchmarks.load import get, post

LIST = "/api/v2/products/?limit=20"
QUERY = "{ products(first: 20) { name price categories { title } image { url } } }"
AUDIENCE = "measured-shop"
KEY_NAME = "measured"
MOST_ADDED_MS = 1.0

_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def unchanged(bench: Bench) -> None:
    """H1: a list that the caller has already."""
    # The tag is this host's, as the load will name it.
    first = urllib.request.Request(
        f"http://127.0.0.1:{bench.port}{LIST}", headers={"Host": "127.0.0.1"}
    )
    with urllib.request.urlopen(first) as answer:
        tag = answer.headers["ETag"]
    bench.measure(
        "H1",
        "list JSON unchanged (304)",
        [get(LIST, f"If-None-Match: {tag}")],
        bar=1 / 4,
        expect=304,
    )


def bearer(bench: Bench) -> None:
    """H2: what a token of an outside provider adds."""
    plain = ("list JSON, nobody", [get(LIST)])
    token = f"Authorization: Bearer {outside_token(bench.issuer)}"
    bench.measure("H2", "list JSON, bearer JWT", [get(LIST, token)], against=plain)
    without, mine = bench.figures[-2:]
    added = mine.server_ms + mine.database_ms - without.server_ms - without.database_ms
    note = f"the token adds {added:.2f} ms of CPU (bar {MOST_ADDED_MS:.0f} ms)"
    bench.figures[-1] = replace(mine, note=f"{note} {mine.note}".strip())


def graphql(bench: Bench) -> None:
    """H3: a page of products by GraphQL, against REST."""
    body = json.dumps({"query": QUERY}).encode()
    bench.measure(
        "H3",
        "GraphQL, 20 products",
        [post("/api/graphql/", body)],
        against=("list JSON, 20 products", [get(LIST)]),
        bar=1 / 2,
    )


def outside_token(issuer: str) -> str:
    """Return a token of an outside provider for one customer."""
    moment = int(time.time())
    claims = {"iss": issuer, "aud": AUDIENCE, "sub": "measured", "iat": moment}
    return jwt.encode(
        {**claims, "exp": moment + 3_600}, _key, algorithm="RS256", headers={"kid": KEY_NAME}
    )


@contextmanager
def provider() -> Iterator[str]:
    """Serve the provider's public key on loopback; yields its issuer."""
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_key.public_key()))
    keys = json.dumps({"keys": [{**public, "kid": KEY_NAME, "use": "sig", "alg": "RS256"}]})

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(keys.encode())

        def log_message(self, *args: object) -> None:
            """Keep the table readable."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keys)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
