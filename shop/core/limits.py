"""How often one caller may do something in a minute (settings: API_RATES), counted for all doors.

Without Redis each web process counts for itself, so that a limit holds per process; it protects the
shop from one caller, it is no bill.
"""

import math
import time
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.core.cache import caches

GUEST, CUSTOMER, TOKEN = "guest", "customer", "token"
# Tries of a voucher's code, on a page or by the API.
VOUCHER = "voucher"
MINUTE = 60


def seconds_to_wait(kind: str, caller: str, who: str) -> int:
    """Count a call; returns 0 for an allowed one, or the seconds until one is allowed again.

    The machine itself is no guest to be limited: a proxy on it that nobody configured would make
    all shoppers one caller.
    """
    most = settings.API_RATES.get(kind, {}).get(caller)
    if most is None or (caller == GUEST and _is_this_machine(who)):
        return 0
    moment = time.time()
    if _counted(f"{kind}:{caller}:{who}:{int(moment // MINUTE)}") <= most:
        return 0
    return math.ceil(MINUTE - moment % MINUTE)


def caller_address(meta: Mapping[str, Any]) -> str:
    """Return the caller's network address out of a request's META, as the shop's proxies say it.

    The first entries of X-Forwarded-For are the caller's own words.
    """
    framework: dict[str, Any] = settings.REST_FRAMEWORK
    proxies = int(framework["NUM_PROXIES"])
    forwarded = str(meta.get("HTTP_X_FORWARDED_FOR", ""))
    if not proxies or not forwarded:
        return str(meta.get("REMOTE_ADDR", ""))
    addresses = forwarded.split(",")
    return addresses[-min(proxies, len(addresses))].strip()


def _is_this_machine(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _counted(key: str) -> int:
    counters = caches["counters"]
    try:
        return counters.incr(key)
    except ValueError:
        # The first call of this minute; of two first ones the second counts on.
        return 1 if counters.add(key, 1, MINUTE) else counters.incr(key)
