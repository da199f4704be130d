"""The world outside the shop in a history: phones, banks, their money, and what is told of it."""

import io
import json
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import Any

from django.conf import settings
from django.test import Client

from shop.core.clock import now
from shop.payments.actions.events import transfer_token
from shop.payments.models import Payment, Refund
from shop.tests.fakes import daraja

MONEY = 0
STAMP = "21-11-2026 13:45:00"


@dataclass
class Prompt:
    """A request on a phone, and what its owner made of it."""

    token: str
    request_id: str
    merchant_id: str
    amount: Decimal
    receipt: str
    account: str
    code: int | None = None
    waiting: int = 0  # how many times Daraja will still tell
    known: bool = True  # whether the shop has heard what Daraja calls it
    odd: bool = False  # whether another amount came than was asked for

    def news(self) -> dict[str, Any]:
        """Return what Daraja posts about it."""
        return daraja.callback(
            self.request_id,
            self.merchant_id,
            self.code,
            amount=float(self.amount),
            receipt=self.receipt,
        )


@dataclass
class Reversal:
    """A wish to give money back, and what became of it."""

    token: str
    request_id: str
    original: str
    amount: Decimal
    receipt: str
    code: int | None = None
    waiting: int = 0

    def news(self) -> dict[str, Any]:
        """Return what Daraja posts about it."""
        return daraja.reversal(
            self.request_id,
            self.code,
            amount=str(self.amount),
            receipt=self.receipt,
            original=self.original,
        )


@dataclass
class Outside:
    """What really happened to money, whatever the shop has heard of it."""

    fake: daraja.FakeDaraja
    prompts: list[Prompt] = field(default_factory=list)
    reversals: list[Reversal] = field(default_factory=list)
    transfers: list[dict[str, Any]] = field(default_factory=list)  # still to be told
    accounts: dict[str, str] = field(default_factory=dict)  # what was written with it, by receipt
    bank: dict[str, str] = field(default_factory=dict)  # the same, of the shop's bank
    came: dict[str, Decimal] = field(default_factory=dict)  # by receipt
    by_hand: Counter[Decimal] = field(default_factory=Counter)
    _seen: int = 0
    _numbers: Any = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self._seen = len(self.fake.requests)

    def receipt(self) -> str:
        """Return the next receipt of M-Pesa."""
        return f"SGH{next(self._numbers):07}"

    def look(self) -> None:
        """Take note of what reached Daraja since the last look."""
        for request in self.fake.requests[self._seen :]:
            if request.reply is None or not request.reply.accepts:
                continue
            answer = _read(request.reply.body)
            if request.kind == daraja.PROMPT:
                self.prompts.append(self._prompt(request.body, answer))
            elif request.kind == daraja.REVERSAL:
                self.reversals.append(self._reversal(request.body, answer))
        self._seen = len(self.fake.requests)

    def _prompt(self, asked: dict[str, Any], answer: dict[str, Any]) -> Prompt:
        receipt = self.receipt()
        return Prompt(
            token=asked["CallBackURL"].rstrip("/").rsplit("/", 1)[1],
            request_id=answer.get("CheckoutRequestID", f"ws_CO_{receipt}"),
            merchant_id=answer.get("MerchantRequestID", f"M-{receipt}"),
            amount=Decimal(asked["Amount"]),
            receipt=receipt,
            account=asked["AccountReference"],
            known=bool(answer),
        )

    def _reversal(self, asked: dict[str, Any], answer: dict[str, Any]) -> Reversal:
        receipt = self.receipt()
        return Reversal(
            token=asked["ResultURL"].rstrip("/").rsplit("/", 1)[1],
            request_id=answer.get("ConversationID", f"AG_{receipt}"),
            original=asked["TransactionID"],
            amount=Decimal(asked["Amount"]),
            receipt=receipt,
        )

    def pay(self, prompt: Prompt, amount: Decimal, times: int) -> None:
        """Let the owner of a phone enter the PIN; Daraja tells so many times, when it comes to it.

        Where it was not the amount asked for, a question would find another than came: there
        Daraja calls back.
        """
        prompt.odd = amount != prompt.amount
        prompt.code, prompt.amount, prompt.waiting = MONEY, amount, max(times, int(prompt.odd))
        self.came[prompt.receipt] = amount
        self.accounts[prompt.receipt] = prompt.account

    def transfer(self, account: str, amount: Decimal) -> None:
        """Let somebody pay by Paybill."""
        receipt = self.receipt()
        self.came[receipt], self.accounts[receipt] = amount, account
        self.transfers.append(
            {
                "TransactionType": "Pay Bill",
                "TransID": receipt,
                "TransTime": "20261121134500",
                "TransAmount": f"{amount:.2f}",
                "BusinessShortCode": settings.MPESA_SHORTCODE,
                "BillRefNumber": account,
                "MSISDN": "2547 ***** 678",
                "FirstName": "WANJIKU",
            }
        )

    def transfer_by_bank(self, reference: str, amount: Decimal) -> None:
        """Let somebody transfer money to the shop's account; only a statement tells of it."""
        receipt = f"EQ{next(self._numbers):07}"
        self.came[receipt], self.bank[receipt] = amount, reference

    def statement(self) -> io.BytesIO:
        """Return what M-Pesa's portal says came in until now."""
        rows = [f"Short Code:,{settings.MPESA_SHORTCODE}", ""]
        rows.append("Receipt No.,Completion Time,Transaction Status,Paid In,Withdrawn,A/C No.")
        for receipt, account in self.accounts.items():
            rows.append(f"{receipt},{STAMP},Completed,{self.came[receipt]},,{account}")
        return io.BytesIO("\n".join(rows).encode())

    def bank_statement(self) -> io.BytesIO:
        """Return what the bank says came in until now."""
        rows = ["Date,Transaction ID,Reference,Amount"]
        for receipt, reference in self.bank.items():
            rows.append(f"{STAMP},{receipt},{reference},{self.came[receipt]}")
        return io.BytesIO("\n".join(rows).encode())

    def tell(self, place: int) -> None:
        """Let one piece of news arrive, in whatever order."""
        news: list[Any] = [n for n in (*self.prompts, *self.reversals) if n.waiting]
        news += self.transfers
        if not news:
            return
        one = news[place % len(news)]
        if isinstance(one, dict):
            self.transfers.remove(one)
            _post(f"{transfer_token()}/confirmation/", one)
        else:
            one.waiting -= 1
            _post(f"{one.token}/", one.news())

    def told_all(self) -> bool:
        """Tell whether no news is on its way."""
        return not self.transfers and not any(n.waiting for n in (*self.prompts, *self.reversals))

    def answer_questions(self) -> None:
        """Let Daraja answer the question about each prompt as it is."""
        asked = Payment.objects.filter(state="pending", provider_id__isnull=False)
        due = asked.filter(next_query_at__lte=now()).order_by("next_query_at")
        # Another amount than was asked for is what only the callback says.
        codes = {p.request_id: p.code for p in self.prompts if not (p.odd and p.waiting)}
        for request_id in due.values_list("provider_id", flat=True):
            code = codes.get(request_id or "")
            reply = daraja.still_open() if code is None else daraja.result(code)
            self.fake.script(daraja.QUERY, reply)

    def sent_back(self) -> Counter[str]:
        """Return how much Daraja sent back of each receipt."""
        sums: Counter[str] = Counter()
        for reversal in self.reversals:
            if reversal.code == MONEY:
                sums[reversal.original] += reversal.amount  # type: ignore[assignment]
        return sums

    def became_of(self, refund: Refund) -> Reversal | None:
        """Return the wish that reached Daraja for a refund."""
        return next((r for r in self.reversals if r.token == refund.notify_token), None)


def _read(body: bytes) -> dict[str, Any]:
    try:
        return dict(json.loads(body))
    except ValueError:
        return {}


def _post(path: str, body: dict[str, Any]) -> None:
    answer = Client().post(f"/payments/notify/{path}", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
