"""What nobody needs to read who reads a log or a report of a fault: masked before it is written."""

import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

# Phone numbers with a country code or as Kenyans write them, email addresses, and the tokens of
# orders, payments and other secret addresses.
_PHONE = re.compile(r"(?<![\w.:-])(\+?254|0)[17]\d{5}(\d{3})(?!\w)")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@((?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24})(?![\w-])")
_TOKEN = re.compile(r"(/(?:orders|notify|preview|confirm-email|reset|stop|invitation)/)[\w:-]{12,}")
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}")
_URL_PASSWORD = re.compile(r"(\b[a-z][a-z0-9+.-]{1,20}://[^/\s:@'\"]{0,64}:)[^/\s@'\"]{1,256}@")
_SENSITIVE = (
    r"(?:[A-Za-z]{1,20}[_-]){0,3}"
    r"(?:password|passwd|passkey|secret|secret[_-]?key|api[_-]?key|consumer[_-]?key"
    r"|private[_-]?key|credential|credentials|token|authorization|cookie|sessionid|csrftoken)"
)
_NAMED = re.compile(
    rf"(?i)(?<![\w-])({_SENSITIVE}\d?['\"]?\s{{0,3}}[:=]\s{{0,3}}['\"]?)(?!\*|bearer\b|basic\b)[^\s'\",;&)}}]+"
)
_IS_SECRET = re.compile(rf"(?i){_SENSITIVE}\d?\Z")

_OWN_SECRET = re.compile(r"(?:KEY|SECRET|TOKEN|PASSWORD|PASSKEY|CREDENTIAL|DSN)\Z")

HIDDEN = "***"
DEEPEST = 12
SHORTEST = 8  # a shorter value is no secret, and would mask words by accident

_own: list[str] = []


def hide(names: Mapping[str, object]) -> None:
    """Mask the values of these settings wherever they turn up: secrets, and passwords in URLs."""
    for name, value in names.items():
        if not isinstance(value, str) or not name.isupper():
            continue
        found = [value] if _OWN_SECRET.search(name) else []
        if name.endswith("_URL"):
            address = urlsplit(value)
            # Where an address has a user and no password, the user is a token, but of a database.
            name_only = "" if address.scheme.startswith("postgres") else address.username
            secret = address.password or name_only or ""
            found += [secret, unquote(secret)]
        _own.extend(one for one in found if len(one) >= SHORTEST and one not in _own)


def masked(line: str) -> str:
    """Return a line without phone numbers, emails, secret parts of addresses, and credentials."""
    for secret in _own:
        line = line.replace(secret, HIDDEN)
    line = _PHONE.sub(r"\1******\2", line)
    line = _URL_PASSWORD.sub(rf"\1{HIDDEN}@", line)
    line = _EMAIL.sub(rf"{HIDDEN}@\1", line)
    line = _BEARER.sub(rf"\1 {HIDDEN}", _TOKEN.sub(rf"\1{HIDDEN}", line))
    return _NAMED.sub(rf"\1{HIDDEN}", line)


def masked_tree(value: object, depth: int = 0) -> object:
    """Return numbers, texts, lists and mappings with every text and every secret's value masked.

    What is none of these is written as text; what lies too deep is left out.
    """
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        text = str(value)
        return value if masked(text) == text else masked(text)
    if depth >= DEEPEST:
        return HIDDEN
    if isinstance(value, dict):
        return {
            str(name): HIDDEN
            if _IS_SECRET.match(str(name)) and inner not in (None, "")
            else masked_tree(inner, depth + 1)
            for name, inner in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [masked_tree(inner, depth + 1) for inner in value]
    return masked(str(value))
