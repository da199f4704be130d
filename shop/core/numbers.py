"""Order numbers that people can read out, and tokens that nobody can guess."""

import secrets

# Damm's table: a quasigroup whose check digit finds every single wrong digit and every swap of
# two neighbours (H. M. Damm, 2004), which a Luhn digit does not.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def _damm(digits: str) -> int:
    state = 0
    for digit in digits:
        state = _DAMM[state][int(digit)]
    return state


def new_order_number() -> str:
    """Return nine random digits, the last of them a check digit; never begins with 0."""
    body = str(secrets.randbelow(90_000_000) + 10_000_000)
    return f"{body}{_damm(body)}"


def grouped(number: str) -> str:
    """Return an order number as people read it out: "482 190 375"."""
    return " ".join(number[start : start + 3] for start in range(0, len(number), 3))


def new_token() -> str:
    """Return an address part nobody can guess (128 bits, URL-safe)."""
    return secrets.token_urlsafe(16)


def new_secret() -> str:
    """Return an address part nobody can guess, of 0-9 and a-f: by no chance a word is in it.

    Daraja refuses addresses with words such as "cmd" or "sql".
    """
    return secrets.token_hex(16)
