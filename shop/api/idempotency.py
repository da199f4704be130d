"""The same Idempotency-Key and body give the first answer again, and make nothing twice."""

import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import IntegrityError, transaction
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.authentication import Grant
from shop.api.errors import wrong
from shop.api.models import IdempotencyRecord
from shop.api.throttles import caller_address
from shop.core.clock import now
from shop.core.errors import Conflict, ShopError

KEPT = timedelta(hours=24)
# Who began and was killed lets go of the key after this; no request takes longer.
WORK_TIME = timedelta(minutes=2)
LONGEST_KEY = 255
# A guest who has no cart yet.
UNKNOWN = "guest"


class KeyReused(ShopError):
    """The key came with another body before."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            "idempotency_key_reused",
            "This Idempotency-Key was sent with another request before; use a new one.",
        )


class StillRunning(Conflict):
    """The first request with this key has no answer yet."""

    def __init__(self) -> None:
        super().__init__(
            "request_in_progress",
            "The first request with this Idempotency-Key is still running; try again soon.",
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to do the work of one key."""

    record_id: int
    caller: str
    key: str

    @property
    def wish(self) -> str:
        """A name of this wish that fits an order's `checkout_key`; another day's is another."""
        text = f"{self.record_id}\n{self.caller}\n{self.key}"
        return hashlib.sha256(text.encode()).hexdigest()

    def settle(self, response: Response) -> None:
        """Keep the answer; after a fault of ours let the same work be tried again at once.

        The record stays, and with it the name of the wish: an order that was committed before the
        fault is found, not made again.
        """
        record = IdempotencyRecord.objects.filter(pk=self.record_id)
        if response.status_code >= 500:
            record.update(created_at=now() - WORK_TIME)
        else:
            body = JSONRenderer().render(response.data).decode()
            record.update(status=response.status_code, body=body)


Handler = Callable[..., Response]


def idempotent(handler: Handler) -> Handler:
    """Let a view's method honour Idempotency-Key."""

    @wraps(handler)
    def once(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return handler(view, request, *args, **kwargs)
        if len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
            raise wrong("Idempotency-Key", "Up to 255 printable ASCII characters, please.")
        caller = caller_of(request)
        if caller == UNKNOWN and view.answers_with_a_cart:
            # Two strangers with the same key and wish must not be given one cart.
            return handler(view, request, *args, **kwargs)
        found = claim(
            caller=caller_with_key(request, key), key=key, fingerprint=fingerprint_of(request)
        )
        if isinstance(found, IdempotencyRecord):
            return Response(
                json.loads(found.body),
                status=found.status,
                headers={"Idempotency-Replayed": "true"},
            )
        view.claim = found
        return handler(view, request, *args, **kwargs)

    return once


def caller_of(request: Request) -> str:
    """Name who asks: keys of different people, and of different programs, never meet."""
    program = f":{_digest(request.auth.holder)}" if isinstance(request.auth, Grant) else ""
    if request.user.is_authenticated:
        return f"user:{request.user.pk}{program}"
    if program:
        return f"program{program}"
    token = request.headers.get("X-Cart-Token", "") or request.session.get("cart_token", "")
    return f"cart:{token[:40]}" if token else UNKNOWN


def caller_with_key(request: Request, key: str) -> str:
    """Name who asks, or what tells one stranger with this key from another.

    The answer to a guest's order lets its reader follow and cancel that order, so two strangers
    must never share a key. A random UUID is a secret that its maker alone knows, and stays good
    when a phone changes networks before it tries again; any other key counts only together with
    the address and the program that it came from.
    """
    caller = caller_of(request)
    if caller != UNKNOWN or _is_random(key):
        return caller
    origin = f"{caller_address(request)}\n{request.headers.get('User-Agent', '')}"
    return f"{UNKNOWN}:{_digest(origin)}"


def _is_random(key: str) -> bool:
    try:
        return uuid.UUID(key).version in (4, 7)
    except ValueError:
        return False


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def fingerprint_of(request: Request) -> str:
    """Return what must be equal in the second request: method, address, body."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    for name, file in sorted(request.FILES.items()):
        digest.update(f"{name} {file.name}\n".encode())
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
    if not request.FILES:
        digest.update(json.dumps(request.data, sort_keys=True).encode())
    return digest.hexdigest()


def claim(*, caller: str, key: str, fingerprint: str) -> Claim | IdempotencyRecord:
    """Take the key for this request, or return the record that has its answer.

    The claim is committed before the work begins. Raises KeyReused or StillRunning.
    """
    for _attempt in range(3):
        try:
            with transaction.atomic():
                mine = IdempotencyRecord.objects.create(
                    caller=caller, key=key, fingerprint=fingerprint, created_at=now()
                )
            return Claim(mine.pk, caller, key)
        except IntegrityError:
            record = IdempotencyRecord.objects.filter(caller=caller, key=key).first()
        if record is None or _forgotten(record):
            continue
        if record.fingerprint != fingerprint:
            raise KeyReused
        if record.status is not None:
            return record
        if _taken_over(record):
            return Claim(record.pk, caller, key)
        raise StillRunning
    raise StillRunning


def _forgotten(record: IdempotencyRecord) -> bool:
    """Delete a record past its time, unless somebody renewed it."""
    old = IdempotencyRecord.objects.filter(pk=record.pk, created_at__lt=now() - KEPT)
    return bool(old.delete()[0])


def _taken_over(record: IdempotencyRecord) -> bool:
    """Take over work that whoever began it cannot end any more."""
    return bool(
        IdempotencyRecord.objects.filter(
            pk=record.pk, status=None, created_at__lte=now() - WORK_TIME
        ).update(created_at=now())
    )


def forget_old_answers() -> int:
    """Delete records past their time; returns how many."""
    return IdempotencyRecord.objects.filter(created_at__lt=now() - KEPT).delete()[0]
