"""Safaricom's Daraja over HTTP: what it says, read into outcomes; nothing here knows an order.

Fields and codes: portal pages "Authorization", "M-Pesa Express Simulate", "M-Pesa Express Query",
"Customer To Business Register URL" and "Reversals".
"""

import base64
import hashlib
import json
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import requests
from django.conf import settings
from django.core.cache import cache

from shop.core.clock import now
from shop.core.outgoing import never_left
from shop.payments.gateways.answer import ACCEPTED, REFUSED, RETRY, UNKNOWN, Answer

KENYA = ZoneInfo("Africa/Nairobi")
# A token is not used for this long before its end: it must outlive the request that bears it.
EARLY = 300
BAD_TOKEN = "404.001.03"  # noqa: S105
BUSY = {"500.003.02": timedelta(seconds=15), "500.003.03": timedelta(minutes=2)}
# One code for several things; the message says which.
WRONG_OR_LOCKED = "500.001.1001"
A_MINUTE = timedelta(minutes=1)


class Daraja:
    """One app's access to Daraja."""

    def __init__(self) -> None:
        self._base = settings.MPESA_BASE_URL
        self._key = settings.MPESA_CONSUMER_KEY
        self._secret = settings.MPESA_CONSUMER_SECRET

    def prompt(
        self, *, phone: str, amount: int, reference: str, description: str, callback: str
    ) -> Answer:
        """Ask a phone (+254712345678) for whole shillings."""
        till = settings.MPESA_TRANSACTION_TYPE == "CustomerBuyGoodsOnline"
        number = phone.removeprefix("+")
        return self._post(
            "/mpesa/stkpush/v1/processrequest",
            {
                **self._signed(),
                "TransactionType": settings.MPESA_TRANSACTION_TYPE,
                "Amount": amount,
                "PartyA": number,
                "PartyB": settings.MPESA_TILL if till else settings.MPESA_SHORTCODE,
                "PhoneNumber": number,
                "CallBackURL": callback,
                "AccountReference": reference[:12],
                "TransactionDesc": description[:13],
            },
        )

    def ask(self, checkout_request_id: str) -> Answer:
        """Ask what became of a prompt."""
        return self._post(
            "/mpesa/stkpushquery/v1/query",
            {**self._signed(), "CheckoutRequestID": checkout_request_id},
        )

    def register(self, *, confirmation: str, validation: str, if_silent: str) -> Answer:
        """Tell where to confirm and validate money that payers send by themselves."""
        return self._post(
            "/mpesa/c2b/v1/registerurl",
            {
                "ShortCode": settings.MPESA_SHORTCODE,
                "ResponseType": if_silent,
                "ConfirmationURL": confirmation,
                "ValidationURL": validation,
            },
        )

    def reverse(
        self, *, receipt: str, amount: int, remarks: str, result: str, timeout: str
    ) -> Answer:
        """Ask for whole shillings of a payment to go back; what became of it is told later."""
        return self._post(
            "/mpesa/reversal/v1/request",
            {
                "Initiator": settings.MPESA_INITIATOR,
                "SecurityCredential": settings.MPESA_SECURITY_CREDENTIAL,
                "CommandID": "TransactionReversal",
                "TransactionID": receipt,
                "Amount": amount,
                "ReceiverParty": settings.MPESA_SHORTCODE,
                "RecieverIdentifierType": "11",  # Daraja's own spelling
                "ResultURL": result,
                "QueueTimeOutURL": timeout,
                "Remarks": remarks[:100],
            },
        )

    def token(self) -> Answer:
        """Return the token in `data`: the cached one, or a new one."""
        cached = cache.get(self._cache_key)
        if cached and cached["until"] > now():
            return Answer(ACCEPTED, data={"access_token": cached["token"]})
        try:
            response = requests.get(
                f"{self._base}/oauth/v1/generate",
                params={"grant_type": "client_credentials"},
                auth=(self._key, self._secret),
                timeout=settings.MPESA_TIMEOUT,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            return Answer(RETRY, f"Daraja gave no token ({type(error).__name__})")
        return self._read_token(response)

    def _read_token(self, response: requests.Response) -> Answer:
        data = _json(response)
        token = str(data.get("access_token") or "") if data else ""
        if response.status_code in (400, 401) and data is not None:
            return Answer(REFUSED, "Daraja refused the consumer key or secret", "401")
        if response.status_code != 200 or not token or data is None:
            return Answer(
                RETRY, f"Daraja gave no token (HTTP {response.status_code}): {_excerpt(response)}"
            )
        lasts = _seconds(data.get("expires_in"))
        useful = max(lasts - EARLY, lasts // 2)
        if useful > 0:
            kept = {"token": token, "until": now() + timedelta(seconds=useful)}
            cache.set(self._cache_key, kept, timeout=useful)
        return Answer(ACCEPTED, data={"access_token": token})

    @property
    def _cache_key(self) -> str:
        # Another app or another host has another token.
        app = hashlib.sha256(f"{self._base} {self._key} {self._secret}".encode()).hexdigest()
        return f"daraja-token-{app[:32]}"

    @staticmethod
    def _signed() -> dict[str, str]:
        # One moment, used twice: a second look at the clock gives "Wrong credentials".
        timestamp = f"{now().astimezone(KENYA):%Y%m%d%H%M%S}"
        shortcode = settings.MPESA_SHORTCODE
        word = f"{shortcode}{settings.MPESA_PASSKEY}{timestamp}"
        return {
            "BusinessShortCode": shortcode,
            "Password": base64.b64encode(word.encode()).decode(),
            "Timestamp": timestamp,
        }

    def _post(self, path: str, fields: dict[str, Any]) -> Answer:
        """Send fields with a token; a token that Daraja forgot is replaced once."""
        answer = Answer(RETRY, "Daraja did not take the token", BAD_TOKEN)
        for _attempt in range(2):
            token = self.token()
            if token.kind != ACCEPTED or token.data is None:
                return token
            answer = self._post_once(path, fields, token.data["access_token"])
            if answer.code != BAD_TOKEN:
                return answer
            cache.delete(self._cache_key)
        return answer

    def _post_once(self, path: str, fields: dict[str, Any], token: str) -> Answer:
        try:
            response = requests.post(
                f"{self._base}{path}",
                json=fields,
                headers={"Authorization": f"Bearer {token}"},
                timeout=settings.MPESA_TIMEOUT,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            if never_left(error):
                return Answer(RETRY, f"Daraja could not be reached ({type(error).__name__})")
            return Answer(UNKNOWN, f"Daraja's answer was lost ({type(error).__name__})")
        return _read(response)


def _read(response: requests.Response) -> Answer:
    data, status = _json(response), response.status_code
    if data is None:
        return _unreadable(response)
    code = str(data.get("errorCode") or "")
    if code:
        return _error(code, str(data.get("errorMessage") or ""), response)
    if 200 <= status < 300:
        return Answer(ACCEPTED, data=data, body=response.text)
    return _unreadable(response)


def _error(code: str, message: str, response: requests.Response) -> Answer:
    """Read {requestId, errorCode, errorMessage}: Daraja did not do what was asked."""
    text, body = f"Daraja: {message} [{code}]"[:300], response.text
    if code == BAD_TOKEN:
        return Answer(RETRY, text, code, body=body)
    if code in BUSY:
        return Answer(RETRY, text, code, body=body, pause=BUSY[code])
    if code == WRONG_OR_LOCKED and ("lock" in message.lower() or "process" in message.lower()):
        return Answer(RETRY, text, code, body=body, pause=A_MINUTE)
    if code.startswith(("400.", "401.", "403.", "404.", WRONG_OR_LOCKED)):
        return Answer(REFUSED, text, code, body=body)
    # Another inner error: nobody says how far Daraja came.
    return Answer(UNKNOWN, text, code, body=body)


def _unreadable(response: requests.Response) -> Answer:
    """Read an answer that is not Daraja's own: a firewall's page, cut JSON, nothing at all."""
    status = response.status_code
    text = f"HTTP {status}: {_excerpt(response)}"
    if 300 <= status < 500:
        # Whoever answered turned the request away: a firewall's page, a wrong address.
        return Answer(RETRY, text, f"http {status}", body=response.text, pause=BUSY["500.003.02"])
    return Answer(UNKNOWN, text, f"http {status}", body=response.text)


def _json(response: requests.Response) -> dict[str, Any] | None:
    try:
        data = json.loads(response.text)
    except ValueError:
        return None
    return data if isinstance(data, dict) else None


def _seconds(text: Any) -> int:
    try:
        return max(0, int(text))
    except (TypeError, ValueError):
        return 0


def _excerpt(response: requests.Response) -> str:
    return " ".join(response.text.split())[:120] or "(empty)"
