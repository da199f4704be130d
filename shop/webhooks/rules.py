"""How webhooks are signed, where they may go, and when they are tried again."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

# Longer than a task may run (settings: Q_CLUSTER), so that nobody takes over from the living.
LEASE = timedelta(seconds=60)
# The pause after the first failed try, the second ...: eight tries within a day.
PAUSES = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=15),
)
MAX_ATTEMPTS = len(PAUSES) + 1
GIVE_UP_AFTER = timedelta(days=3)
KEPT = timedelta(days=30)
OLD_SECRET_SIGNS_FOR = timedelta(hours=24)
SHORTEST_REST, LONGEST_REST = timedelta(seconds=30), timedelta(minutes=10)

LONGEST_URL = 500
FIRST_OPEN_PORT = 1024
WELL_KNOWN_PORTS = {80, 443}

# Addresses that a library takes for public, or for no IPv4 address in disguise.
_NEVER = [
    ip_network("168.63.129.16/32"),  # Azure's own services inside every machine of theirs
    ip_network("192.0.0.0/24"),  # of the protocol itself; some clouds answer there
    ip_network("192.88.99.0/24"),  # 6to4 relays
    ip_network("2001::/32"),  # Teredo carries an IPv4 address
    ip_network("2002::/16"),  # so does 6to4
    ip_network("64:ff9b:1::/48"),  # private translation
]
_TRANSLATED = ip_network("64:ff9b::/96")  # NAT64: the last four bytes are an IPv4 address


def new_secret() -> str:
    """Return a secret nobody can guess (256 bits)."""
    return f"whsec_{secrets.token_urlsafe(32)}"


def signature(keys: Iterable[str], *, timestamp: int, body: bytes) -> str:
    """Return the header that proves who sent `body` and when, one v1 for each key."""
    signed = f"{timestamp}.".encode() + body
    proofs = (hmac.new(key.encode(), signed, hashlib.sha256).hexdigest() for key in keys)
    return ",".join([f"t={timestamp}", *(f"v1={proof}" for proof in proofs)])


def pause_before_retry(attempts: int) -> timedelta | None:
    """Return how long to wait after so many failed tries; None when there were enough."""
    return PAUSES[attempts - 1] if 0 < attempts <= len(PAUSES) else None


def rest_of_endpoint(failing_for: timedelta) -> timedelta:
    """Return how long an unreachable endpoint is left alone: a tenth of the trouble so far."""
    return min(max(failing_for / 10, SHORTEST_REST), LONGEST_REST)


def gave_up(*, failing_since: datetime, moment: datetime) -> bool:
    """Tell whether an endpoint has failed for so long that it is switched off."""
    return moment - failing_since > GIVE_UP_AFTER


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: `host` without brackets, `path` with the query."""

    secure: bool
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"


class BadTarget(ValueError):
    """No webhook may go to this address; the text says why."""


def read_target(url: str, *, private_allowed: bool = False) -> Target:
    """Read an address that a person gave, and judge its form. Raises BadTarget.

    Numbers that stand for an address in disguise (2130706433, 0x7f.1, 127.1) are refused: what a
    system's resolver makes of them is its own affair.
    """
    parts, port = _split(url)
    if parts.scheme not in ("http", "https"):
        raise BadTarget("The address must begin with https://.")
    if parts.scheme == "http" and not private_allowed:
        raise BadTarget("Only https:// is safe enough for this.")
    if "@" in parts.netloc:
        raise BadTarget("User names and passwords do not belong into the address.")
    if parts.fragment:
        raise BadTarget("Leave out what comes after #.")
    host = (parts.hostname or "").rstrip(".")
    if not host:
        raise BadTarget("The address names no host.")
    secure = parts.scheme == "https"
    port = (443 if secure else 80) if port is None else port
    if port not in WELL_KNOWN_PORTS and port < FIRST_OPEN_PORT:
        raise BadTarget(f"Port {port} belongs to another service.")
    _judge_host(host, private_allowed=private_allowed)
    query = f"?{parts.query}" if parts.query else ""
    return Target(secure, host, port, (parts.path or "/") + query)


def _split(url: str) -> tuple[SplitResult, int | None]:
    if len(url) > LONGEST_URL:
        raise BadTarget(f"At most {LONGEST_URL} characters.")
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise BadTarget("Only plain characters, please: no spaces, no letters beyond ASCII.")
    try:
        parts = urlsplit(url)
        return parts, parts.port
    except ValueError:
        raise BadTarget("This is no address.") from None


def _judge_host(host: str, *, private_allowed: bool) -> None:
    try:
        address = ip_address(host)
    except ValueError:
        last = host.rpartition(".")[2]
        if last.isdigit() or last.startswith("0x"):
            raise BadTarget("Write the host's name, or its address in the usual form.") from None
        if any(not part or len(part) > 63 for part in host.split(".")):
            raise BadTarget("This is no host name.") from None
        return
    if not private_allowed and not is_public(address):
        raise BadTarget("This address lies inside a private or reserved network.")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether anybody on the internet could be at this address.

    Private, shared, loopback, link-local (cloud metadata among it), multicast and reserved ranges
    are not, nor are IPv6 addresses that carry such an IPv4 address.
    """
    if address.version == 6:
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _TRANSLATED:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address.is_site_local or address.scope_id is not None:
            return False
    return (
        address.is_global
        and not (address.is_multicast or address.is_reserved or address.is_unspecified)
        and not any(address in network for network in _NEVER)
    )
