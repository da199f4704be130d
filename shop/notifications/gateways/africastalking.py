"""SMS through Africa's Talking, with every trap of its answers turned into an Outcome."""

import json
from collections.abc import Mapping
from typing import Any

import requests
from africastalking.SMS import SMSService

from shop.core.outgoing import never_left
from shop.notifications.gateways.interface import (
    Balance,
    Outcome,
    refused,
    retry,
    sent,
    unknown,
)
from shop.notifications.rules.budget import read_amount

# Seconds to connect, and between two bytes of the answer.
TIMEOUT = (3.05, 9.05)

# docs.africastalking.com/sms/sending, "statusCode" of a recipient.
ACCEPTED = {100: "Processed", 101: "Sent", 102: "Queued"}
FINAL = {
    401: "Africa's Talking holds the message back as a risk",
    402: "The sender ID is not approved",
    403: "The phone number is not valid",
    404: "This kind of phone number cannot receive SMS",
    406: "The person has blocked messages from this sender",
    407: "No network could be found for the number",
    409: "The person has switched such messages off (do not disturb)",
}
INSUFFICIENT_BALANCE = 405
# The same verdicts as words, where the list of recipients stays empty.
CODE_OF_WORD = {
    "RiskHold": 401,
    "InvalidSenderId": 402,
    "InvalidPhoneNumber": 403,
    "UnsupportedNumberType": 404,
    "InsufficientBalance": INSUFFICIENT_BALANCE,
    "UserInBlacklist": 406,
    "CouldNotRoute": 407,
    "DoNotDisturbRejection": 409,
    "InternalServerError": 500,
    "GatewayError": 501,
    "RejectedByGateway": 502,
}


class _Messaging(SMSService):
    """The package's client with an own address, answering with the whole HTTP response.

    The package itself drops the status code of a failure and the content type of a success.
    """

    def __init__(self, username: str, api_key: str, base_url: str) -> None:
        self._own_url = base_url
        super().__init__(username, api_key)

    def _init_service(self) -> None:
        super()._init_service()
        if self._own_url:
            self._baseUrl = f"{self._own_url}/version1"

    def _make_request(
        self,
        url: str,
        method: str,
        headers: Mapping[str, str],
        data: Any,
        params: Any,
        callback: object = None,
        timeout: tuple[float, float] = TIMEOUT,
    ) -> requests.Response:
        return requests.request(
            method,
            url,
            headers=dict(headers),
            data=data,
            params=params,
            timeout=timeout,
            allow_redirects=False,  # a redirected POST would arrive without its message
        )

    def account(self) -> requests.Response:
        """Ask for the account's own data."""
        url, wanted = self._make_url("/user"), {"username": self._username}
        return self._make_request(url, "GET", self._headers, data=None, params=wanted)


class AfricasTalkingGateway:
    """Send one SMS a call."""

    def __init__(self, *, username: str, api_key: str, sender_id: str, base_url: str) -> None:
        self._client = _Messaging(username, api_key, base_url)
        self._sender_id = sender_id or None

    def send(
        self, *, recipient: str, subject: str, body: str, reference: str, way_out: str = ""
    ) -> Outcome:
        """Hand the SMS over; Africa's Talking knows no idempotency key, so nothing is repeated."""
        try:
            response = self._client.send(
                body, [recipient], sender_id=self._sender_id, timeout=TIMEOUT
            )
        except ValueError:
            return refused("The phone number is not in international form (+254...)", "403")
        except requests.RequestException as error:
            return _unanswered(error)
        return _read_answer(response)

    def balance(self) -> Balance:
        """Ask what is left on the account.

        Source: docs.africastalking.com, "Application data": GET /version1/user.
        """
        try:
            response = self._client.account()
        except requests.RequestException as error:
            return Balance(problem=f"Africa's Talking did not answer ({type(error).__name__})")
        return _read_balance(response)


def _read_balance(response: requests.Response) -> Balance:
    if response.status_code == 401:
        return Balance(problem="Africa's Talking refused the user name or API key (HTTP 401)")
    try:
        told = json.loads(response.text)["UserData"]["balance"]
    except (ValueError, KeyError, TypeError, RecursionError):
        told = ""
    found = read_amount(str(told))
    if found is None:
        words = f"HTTP {response.status_code}: {_excerpt(response.text)}"
        return Balance(problem=f"The balance could not be read ({words})")
    return Balance(amount=found[1], currency=found[0])


def _unanswered(error: requests.RequestException) -> Outcome:
    if never_left(error):
        return retry(f"Africa's Talking could not be reached ({type(error).__name__})")
    if isinstance(error, requests.Timeout):
        return unknown("Africa's Talking took the message but did not answer in time")
    return unknown(f"The connection broke before the answer was complete ({type(error).__name__})")


def _read_answer(response: requests.Response) -> Outcome:
    status, text = response.status_code, response.text
    if not 200 <= status < 300:
        return _not_accepted(status, text)
    try:
        answer = json.loads(text)
    except ValueError:
        if text.lstrip()[:1] == "<":
            # The API speaks JSON only: a firewall or portal answered in its place.
            return retry("A web page answered instead of Africa's Talking")
        return unknown(f"The answer could not be read: {_excerpt(text)}")
    data = answer.get("SMSMessageData") if isinstance(answer, dict) else None
    if not isinstance(data, dict):
        return unknown(f"The answer has no SMSMessageData: {_excerpt(text)}")
    recipients = data.get("Recipients")
    if isinstance(recipients, list) and recipients and isinstance(recipients[0], dict):
        return _verdict(recipients[0])
    return _words(str(data.get("Message", "")))


def _not_accepted(status: int, text: str) -> Outcome:
    code = f"http {status}"
    if status == 401:
        return refused("Africa's Talking refused the user name or API key (HTTP 401)", code)
    if status == 504:
        return unknown("A gateway gave up waiting for Africa's Talking (HTTP 504)")
    if status >= 500 or status in (408, 429):
        return retry(f"Africa's Talking is out of order (HTTP {status})", code)
    return refused(f"Africa's Talking refused the request (HTTP {status}): {_excerpt(text)}", code)


def _verdict(recipient: Mapping[str, Any]) -> Outcome:
    """Read one entry of Recipients; its code comes as a number or as text."""
    word = str(recipient.get("status", ""))
    try:
        code = int(recipient.get("statusCode", CODE_OF_WORD.get(word, 0)))
    except (TypeError, ValueError):
        code = CODE_OF_WORD.get(word, 0)
    if code in ACCEPTED or (code == 0 and word == "Success"):
        message_id = str(recipient.get("messageId") or "")
        return sent(
            provider_id="" if message_id == "None" else message_id,
            cost=str(recipient.get("cost") or ""),
            parts=_count(recipient.get("messageParts")),
        )
    return _failure(code, word)


def _failure(code: int, word: str) -> Outcome:
    if code == INSUFFICIENT_BALANCE:
        return retry("The Africa's Talking account is empty", str(code), slow=True)
    if 500 <= code < 600:
        return retry(f"Africa's Talking could not pass it on ({word or code})", str(code))
    if 400 <= code < 500:
        return refused(FINAL.get(code, f"Africa's Talking refused it ({word or code})"), str(code))
    return unknown(f"Africa's Talking answered with an unfamiliar code ({code} {word})".rstrip())


def _words(message: str) -> Outcome:
    """Read an answer without recipients: nothing was taken, `Message` says why."""
    for word, code in CODE_OF_WORD.items():
        if word.lower() in message.lower():
            return _failure(code, word)
    return refused(f"Africa's Talking sent it to nobody: {_excerpt(message)}")


def _count(value: Any) -> int:
    return int(value) if str(value).isdecimal() and len(str(value)) < 4 else 0


def _excerpt(text: str) -> str:
    return " ".join(text.split())[:120] or "(empty)"
