"""A pretend Africa's Talking: it takes SMS, shows them on the phone and prints them."""

import re
import sys
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from shop.simulators import network, rules
from shop.simulators.actions import balance, deliver
from shop.simulators.models import Text


@csrf_exempt
@require_POST
def messaging(request: HttpRequest) -> HttpResponse:
    """Take an SMS for each number of `to`."""
    if not _known(request, request.POST):
        return HttpResponse("The supplied authentication is invalid", status=401)
    numbers = [number.strip() for number in request.POST.get("to", "").split(",")]
    body, sender = request.POST.get("message", ""), request.POST.get("from", "")[:20]
    if not body or not all(re.fullmatch(r"\+\d{8,15}", number) for number in numbers):
        return HttpResponse("Request is missing required form field 'to' or 'message'", status=400)
    texts = [deliver(phone=number, sender=sender, body=body) for number in numbers]
    for text in texts:
        _print(text)
        if text.code == rules.SMS_TAKEN:
            network.report(text)
    if any(network.fate_of(number).answer_lost for number in numbers):
        return HttpResponse("<html><body>Gateway Time-out</body></html>", status=504)
    taken = sum(text.code == rules.SMS_TAKEN for text in texts)
    said = {
        "Message": f"Sent to {taken}/{len(texts)} Total Cost: {_cost(*texts)}",
        "Recipients": [_recipient(text) for text in texts],
    }
    # The package reads JSON only where the type bears no charset.
    return JsonResponse({"SMSMessageData": said}, status=201, content_type="application/json")


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Say what is left on the account."""
    if not _known(request, request.GET):
        return HttpResponse("The supplied authentication is invalid", status=401)
    said = {"UserData": {"balance": f"KES {balance():.4f}"}}
    return JsonResponse(said, content_type="application/json")


def _known(request: HttpRequest, fields: QueryDict) -> bool:
    key = request.headers.get("apiKey", "")
    return (
        constant_time_compare(key, settings.AFRICASTALKING_API_KEY)
        and fields.get("username", "") == settings.AFRICASTALKING_USERNAME
    )


def _cost(*texts: Text) -> str:
    parts = sum(text.parts for text in texts if text.code == rules.SMS_TAKEN)
    return f"KES {parts * network.PRICE:.4f}"


def _recipient(text: Text) -> dict[str, Any]:
    taken = text.code == rules.SMS_TAKEN
    return {
        "statusCode": text.code,
        "number": text.phone,
        "status": text.status,
        "cost": _cost(text) if taken else "0",
        "messageParts": text.parts,
        "messageId": text.message_id if taken else "None",
    }


def _print(text: Text) -> None:
    rows = "\n".join(f"  | {row}" for row in text.body.splitlines())
    # One write, so that the lines of two threads do not mix.
    sys.stdout.write(f"\n  +-- SMS to {text.phone} ({text.status})\n{rows}\n  +--\n")
    sys.stdout.flush()
