"""A mutation with an idempotency key is done once, as a POST with the header is."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from drf_standardized_errors.types import Error
from rest_framework.exceptions import APIException
from rest_framework.response import Response

from shop.api.errors import Refused, exception_handler, wrong
from shop.api.graphql.context import Context
from shop.api.idempotency import LONGEST_KEY, UNKNOWN, Claim, caller_of, caller_with_key, claim
from shop.api.models import IdempotencyRecord
from shop.core.errors import ShopError

Work = Callable[[str | None], dict[str, Any]]


def once(
    context: Context,
    mutation: str,
    body: Any,
    work: Work,
    *,
    key: str | None = None,
    answers_with_a_cart: bool = False,
) -> dict[str, Any]:
    """Do the work, or return what it gave when this key first came.

    `work` gets the name of the wish, None without a key. Raises what the work raises or raised.
    """
    request = context.request
    key = key or request.headers.get("Idempotency-Key", "")
    if not key:
        return work(None)
    if len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise wrong("idempotency_key", "Up to 255 printable ASCII characters, please.")
    caller = caller_of(request)
    if caller == UNKNOWN and answers_with_a_cart:
        # Two strangers with the same key and wish must not be given one cart.
        return work(None)
    said = f"graphql {mutation}\n{json.dumps(body, sort_keys=True)}"
    fingerprint = hashlib.sha256(said.encode()).hexdigest()
    caller = caller_with_key(request, key)
    found = claim(caller=caller, key=key, fingerprint=fingerprint)
    if isinstance(found, IdempotencyRecord):
        context.replayed = True
        return _again(found)
    return _settled(found, context, work)


def _again(record: IdempotencyRecord) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(record.body)
    if record.status is not None and record.status >= 400:
        raise Refused(record.status, [Error(**error) for error in answer["errors"]])
    return answer


def _settled(mine: Claim, context: Context, work: Work) -> dict[str, Any]:
    outcome: Response | None = None
    try:
        answer = work(mine.wish)
        outcome = Response(answer, status=201)
    except (APIException, ShopError) as refusal:
        outcome = exception_handler(refusal, {"request": context.request, "view": None})
        raise
    finally:
        mine.settle(outcome or Response(status=500))
    return answer
