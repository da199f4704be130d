"""The public keys of the outside provider: fetched seldom, kept through its outages."""

import json
import logging
import math
import threading
import time
from typing import Any
from urllib.parse import urlsplit

import jwt
import requests
from urllib3.exceptions import HTTPError

logger = logging.getLogger(__name__)

# As the contract says: kept ten minutes; an unknown kid fetches again once a minute at most.
KEPT_SECONDS = 600.0
COOLDOWN_SECONDS = 60.0
# So soon a provider is asked again that was down when the shop had no key yet.
RETRY_SECONDS = 5.0
TIMEOUT_SECONDS = (2.0, 3.0)
LONGEST_SECONDS = 5.0
LARGEST_ANSWER = 512 * 1024
DISCOVERY = "/.well-known/openid-configuration"
# A key fits exactly one of these; nothing symmetric is ever among them.
ALGORITHM = {"RSA": "RS256", "EC": "ES256"}
LEAST_RSA_BITS = 2048


class KeysUnavailable(Exception):
    """The provider did not give its keys in a usable form."""


class KeySet:
    """The keys of one provider by `kid`, shared by all threads of a process."""

    def __init__(self, issuer: str, jwks_url: str = "") -> None:
        self._issuer = issuer
        self._jwks_url = jwks_url
        self._keys: dict[str, jwt.PyJWK] = {}
        # Moments of the monotonic clock: the last good answer, the last failure, and the last
        # time that an unknown kid was the reason to ask.
        self._fetched_at = self._failed_at = self._asked_at = -math.inf
        self._lock = threading.Lock()

    def find(self, kid: str) -> jwt.PyJWK | None:
        """Return a key, None if the provider has no such key now.

        While the provider cannot be reached, the keys known so far stay good.
        """
        key = self._keys.get(kid)
        if key is not None and time.monotonic() - self._fetched_at < KEPT_SECONDS:
            return key
        # Whoever has a key already does not wait while another thread asks the provider.
        if self._lock.acquire(blocking=key is None):
            try:
                if self._may_ask(kid):
                    self._ask()
            finally:
                self._lock.release()
        return self._keys.get(kid)

    def _may_ask(self, kid: str) -> bool:
        now = time.monotonic()
        if now - self._fetched_at >= KEPT_SECONDS:
            return now - self._failed_at >= (COOLDOWN_SECONDS if self._keys else RETRY_SECONDS)
        if kid in self._keys or now - self._asked_at < COOLDOWN_SECONDS:
            return False
        self._asked_at = now
        return True

    def _ask(self) -> None:
        try:
            self._keys = self._fetch()
        except (KeysUnavailable, requests.RequestException, HTTPError) as problem:
            self._failed_at = time.monotonic()
            logger.warning("The keys of %s could not be fetched: %s", self._issuer, problem)
        else:
            self._fetched_at = time.monotonic()

    def _fetch(self) -> dict[str, jwt.PyJWK]:
        url = self._jwks_url or self._discovered()
        listed = _get_json(url).get("keys")
        if not isinstance(listed, list):
            raise KeysUnavailable("no list of keys in the answer")
        keys = dict(found for each in listed if (found := _usable(each)))
        if not keys:
            raise KeysUnavailable("no RS256 or ES256 key in the answer")
        return keys

    def _discovered(self) -> str:
        """Return where the keys are; the document must be the issuer's own."""
        document = _get_json(self._issuer.rstrip("/") + DISCOVERY)
        if document.get("issuer") != self._issuer:
            raise KeysUnavailable("the discovery document names another issuer")
        url = document.get("jwks_uri")
        if not isinstance(url, str) or urlsplit(url).scheme not in _schemes(self._issuer):
            raise KeysUnavailable("the discovery document names no address of keys")
        return url


def _schemes(issuer: str) -> set[str]:
    return {"https"} if issuer.startswith("https:") else {"http", "https"}


def _get_json(url: str) -> dict[str, Any]:
    """Fetch a small JSON object: no redirect, no endless answer."""
    with requests.get(
        url,
        timeout=TIMEOUT_SECONDS,
        allow_redirects=False,
        stream=True,
        headers={"Accept": "application/json"},
    ) as answer:
        if answer.status_code != 200:
            raise KeysUnavailable(f"{url} answered {answer.status_code}")
        body = _read(answer, url)
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise KeysUnavailable(f"{url} answered no JSON") from problem
    if not isinstance(document, dict):
        raise KeysUnavailable(f"{url} answered no JSON object")
    return document


def _read(answer: requests.Response, url: str) -> bytes:
    """Read a body that neither goes on for ever nor comes drop by drop."""
    until = time.monotonic() + LONGEST_SECONDS
    body = bytearray()
    while part := answer.raw.read1(16_384, decode_content=True):
        body += part
        if len(body) > LARGEST_ANSWER or time.monotonic() > until:
            raise KeysUnavailable(f"{url} answered too much or too slowly")
    return bytes(body)


def _usable(listed: Any) -> tuple[str, jwt.PyJWK] | None:
    """Return kid and key if it is one for signatures that the shop accepts."""
    if not isinstance(listed, dict) or not isinstance(listed.get("kid"), str):
        return None
    algorithm = ALGORITHM.get(str(listed.get("kty")))
    if algorithm is None or listed.get("alg", algorithm) != algorithm:
        return None
    if listed.get("use", "sig") != "sig":
        return None
    try:
        key = jwt.PyJWK(listed, algorithm=algorithm)
    except (jwt.PyJWTError, ValueError, TypeError):
        return None
    if algorithm == "RS256" and key.key.key_size < LEAST_RSA_BITS:
        return None
    return listed["kid"], key
