"""A pretend Daraja: token, M-Pesa Express push and query."""

import base64
import json
import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from shop.core.clock import now
from shop.simulators import rules
from shop.simulators.actions import open_prompt, ring
from shop.simulators.models import Prompt, TransferAddresses

SIGNER = signing.TimestampSigner(salt="pretend daraja")
LIFETIME = 3599  # seconds, as Daraja's tokens

SHORTCODE = r"\d{5,7}"
PHONE = r"254[17]\d{8}"
CREDENTIALS = {"BusinessShortCode": SHORTCODE, "Password": r"\S+", "Timestamp": r"20\d{12}"}
PUSH = {
    **CREDENTIALS,
    "TransactionType": "CustomerPayBillOnline|CustomerBuyGoodsOnline",
    "Amount": r"[1-9]\d{0,5}",
    "PartyA": PHONE,
    "PartyB": SHORTCODE,
    "PhoneNumber": PHONE,
    "CallBackURL": r"https?://\S{1,480}",
    "AccountReference": ".{1,12}",
    "TransactionDesc": ".{1,13}",
}
REGISTER = {
    "ShortCode": SHORTCODE,
    "ResponseType": "Completed|Cancelled",
    "ConfirmationURL": r"https?://\S{1,480}",
    "ValidationURL": r"https?://\S{1,480}",
}
QUERY = {**CREDENTIALS, "CheckoutRequestID": r"\S{1,40}"}
# Words that Daraja's portal forbids in the addresses it calls.
FORBIDDEN = re.compile("m-?pesa|safaricom|exe|cmd|sql|query", re.IGNORECASE)

Call = Callable[[Mapping[str, Any]], JsonResponse]


class Refused(Exception):
    """Daraja says no: HTTP status, errorCode, errorMessage."""


def refusal(status: int, code: str, message: str) -> JsonResponse:
    """Answer as Daraja refuses."""
    said = {"requestId": secrets.token_hex(8), "errorCode": code, "errorMessage": message}
    return JsonResponse(said, status=status)


@require_GET
def token(request: HttpRequest) -> JsonResponse:
    """Give a token for the shop's key and secret."""
    if request.GET.get("grant_type") != "client_credentials":
        return refusal(400, "400.008.02", "Invalid grant type passed")
    pair = f"{settings.MPESA_CONSUMER_KEY}:{settings.MPESA_CONSUMER_SECRET}"
    expected = f"Basic {base64.b64encode(pair.encode()).decode()}"
    if not constant_time_compare(request.headers.get("Authorization", ""), expected):
        return refusal(400, "400.008.01", "Invalid Authentication passed")
    access = SIGNER.sign(settings.MPESA_CONSUMER_KEY)
    return JsonResponse({"access_token": access, "expires_in": str(LIFETIME)})


@csrf_exempt
@require_POST
def push(request: HttpRequest) -> JsonResponse:
    """Put a prompt on a phone and acknowledge it, which is no payment yet."""
    return answered(request, PUSH, _push)


@csrf_exempt
@require_POST
def query(request: HttpRequest) -> JsonResponse:
    """Say how a prompt ended: neither receipt nor amount, as at Daraja."""
    return answered(request, QUERY, _query)


@csrf_exempt
@require_POST
def register(request: HttpRequest) -> JsonResponse:
    """Keep where the shop wants to hear of money by Paybill."""
    return answered(request, REGISTER, _register)


def answered(request: HttpRequest, shape: Mapping[str, str], call: Call) -> JsonResponse:
    """Answer what `call` makes of a request of this shape, or as Daraja refuses."""
    try:
        return call(_fields(request, shape))
    except Refused as refused:
        return refusal(*refused.args)


def _fields(request: HttpRequest, shape: Mapping[str, str]) -> Mapping[str, Any]:
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
    try:
        SIGNER.unsign(bearer, max_age=LIFETIME)
    except signing.BadSignature as bad:
        raise Refused(404, "404.001.03", "Invalid Access Token") from bad
    try:
        fields = json.loads(request.body)
    except ValueError as bad:
        raise Refused(400, "400.002.02", "Bad Request - Invalid JSON") from bad
    for name, pattern in shape.items():
        if not isinstance(fields, dict) or not re.fullmatch(pattern, str(fields.get(name, ""))):
            raise Refused(400, "400.002.02", f"Bad Request - Invalid {name}")
    return fields


def _require_signature(fields: Mapping[str, Any]) -> None:
    words = f"{fields['BusinessShortCode']}{settings.MPESA_PASSKEY}{fields['Timestamp']}"
    known = str(fields["BusinessShortCode"]) == settings.MPESA_SHORTCODE
    if not known or fields["Password"] != base64.b64encode(words.encode()).decode():
        raise Refused(500, "500.001.1001", "Wrong credentials")


def own_address(fields: Mapping[str, Any], name: str) -> str:
    """Return an address to call: without Daraja's forbidden words, and the shop's own only."""
    address = str(fields[name])
    path = address.removeprefix(settings.CALLBACK_BASE_URL)
    if path == address or not path.startswith("/") or FORBIDDEN.search(path):
        raise Refused(400, "400.002.02", f"Bad Request - Invalid {name}")
    return address


def _push(fields: Mapping[str, Any]) -> JsonResponse:
    _require_signature(fields)
    phone, address = str(fields["PhoneNumber"]), own_address(fields, "CallBackURL")
    _title, refused = rules.REFUSALS.get(rules.last_digits(phone), ("", None))
    if refused is not None:
        raise Refused(*refused)
    if open_prompt(phone) is not None:
        raise Refused(*rules.BUSY)
    prompt = ring(
        phone=phone,
        amount=int(fields["Amount"]),
        shortcode=str(fields["PartyB"]),
        reference=fields["AccountReference"],
        description=fields["TransactionDesc"],
        callback_url=address,
    )
    return JsonResponse(
        {
            "MerchantRequestID": prompt.merchant_id,
            "CheckoutRequestID": prompt.checkout_id,
            "ResponseCode": "0",
            "ResponseDescription": "Success. Request accepted for processing",
            "CustomerMessage": "Success. Request accepted for processing",
        }
    )


def _query(fields: Mapping[str, Any]) -> JsonResponse:
    _require_signature(fields)
    prompt = Prompt.objects.filter(checkout_id=fields["CheckoutRequestID"]).first()
    if prompt is None:
        raise Refused(400, "400.002.02", "Bad Request - Invalid CheckoutRequestID")
    result = prompt.result_by(now())
    if not result:
        raise Refused(500, "500.001.1001", "The transaction is being processed")
    return JsonResponse(
        {
            "ResponseCode": "0",
            "ResponseDescription": "The service request has been accepted successsfully",
            "MerchantRequestID": prompt.merchant_id,
            "CheckoutRequestID": prompt.checkout_id,
            "ResultCode": result,
            "ResultDesc": rules.RESULTS[result],
        }
    )


def _register(fields: Mapping[str, Any]) -> JsonResponse:
    TransferAddresses.objects.update_or_create(
        shortcode=str(fields["ShortCode"]),
        defaults={
            "confirmation_url": own_address(fields, "ConfirmationURL"),
            "validation_url": own_address(fields, "ValidationURL"),
        },
    )
    return JsonResponse(
        {
            "OriginatorCoversationID": secrets.token_hex(8),  # Daraja's own spelling
            "ResponseCode": "0",
            "ResponseDescription": "Success",
        }
    )
