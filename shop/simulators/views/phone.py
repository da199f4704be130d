"""A phone in the browser: prompts to answer, messages to read."""

import re
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shop.core.clock import now
from shop.orders.contact import parse_phone
from shop.simulators import network, rules, transfers
from shop.simulators.actions import answer, open_prompt, reply
from shop.simulators.models import Prompt, Text
from shop.simulators.reversal_rules import WAYS_BACK

MOST = 30
MOST_MONEY = 1_000_000
WRONG_PIN = "0000"
# In international form, without its plus.
NUMBER = r"[1-9][0-9]{7,14}"


@require_GET
@never_cache
def phones(request: HttpRequest) -> HttpResponse:
    """List the phones that were rung or written to, and what the last digits do."""
    latest: dict[str, Any] = {}
    for model in (Prompt, Text):
        rows = model._default_manager.values("phone").annotate(at=Max("created_at"))
        for row in rows.order_by("-at")[:MOST]:
            number = row["phone"].removeprefix("+")
            latest[number] = max(row["at"], latest.get(number, row["at"]))
    return render(
        request,
        "simulators/phones.html",
        {
            "phones": sorted(latest.items(), key=lambda entry: entry[1], reverse=True),
            "outcomes": [
                *((digits, ending.title) for digits, ending in rules.ENDINGS.items()),
                *((digits, title) for digits, (title, _refusal) in rules.REFUSALS.items()),
            ],
            "ways_back": [(digits, way.title) for digits, way in WAYS_BACK.items()],
            "sms": [
                (code, word) for code, word in rules.SMS_STATUS.items() if code != rules.SMS_TAKEN
            ],
            "fates": [(digits, fate.title) for digits, fate in network.FATES.items()],
            "meta": {"title": _("Pretend phones"), "robots": "noindex"},
        },
    )


@require_GET
@never_cache
def phone(request: HttpRequest, number: str) -> HttpResponse:
    """Show what one phone shows; scripts fetch it again and again."""
    if number.startswith("0") and (known := parse_phone(number)) is not None:
        return redirect("simulator-phone", number=str(known).removeprefix("+"))
    if not re.fullmatch(NUMBER, number):
        raise Http404
    prompts = list(Prompt.objects.filter(phone=number).order_by("-pk")[:MOST])
    texts = Text.objects.filter(phone=f"+{number}", code=rules.SMS_TAKEN).order_by("-pk")
    if not network.fate_of(number).arrives:
        texts = texts.filter(is_reply=True)
    moment = now()
    return render(
        request,
        "simulators/phone.html",
        {
            "number": number,
            "prompt": open_prompt(number),
            "automatic": rules.ENDINGS.get(rules.last_digits(number)),
            "wrong_pin": WRONG_PIN,
            "shortcode": settings.MPESA_SHORTCODE,
            "past": [
                {"prompt": prompt, "said": rules.RESULTS[result]}
                for prompt in prompts
                if (result := prompt.result_by(moment))
            ],
            "texts": texts[:MOST],
            "meta": {"title": f"+{number}", "robots": "noindex"},
        },
    )


@require_POST
def answer_prompt(request: HttpRequest, number: str, checkout_id: str) -> HttpResponse:
    """Type the PIN, cancel, or let it ring."""
    prompt = get_object_or_404(Prompt, phone=number, checkout_id=checkout_id)
    if not answer(prompt, _wish(request)):
        messages.warning(request, _("This prompt is over."))
    return redirect("simulator-phone", number=number)


@require_POST
def send_money(request: HttpRequest, number: str) -> HttpResponse:
    """Pay by Paybill, with an account and an amount typed by hand.

    With `unasked` the shop hears of it afterwards only: so unfitting money comes to a Paybill.
    """
    account, amount = request.POST.get("account", "").strip(), request.POST.get("amount", "")
    if not account or not amount.isdecimal() or not 0 < int(amount) < MOST_MONEY:
        messages.warning(request, _("An account and an amount in whole shillings, please."))
    else:
        transfers.send(
            phone=number,
            account=account[:20],
            amount=int(amount),
            asks="unasked" not in request.POST,
        )
    return redirect("simulator-phone", number=number)


@require_POST
def send_reply(request: HttpRequest, number: str) -> HttpResponse:
    """Write an SMS to the shop: STOP, for example."""
    body = request.POST.get("text", "").strip()[:480]
    if not re.fullmatch(NUMBER, number) or not body:
        messages.warning(request, _("There is nothing to send yet."))
    else:
        reply(phone=f"+{number}", body=body)
    return redirect("simulator-phone", number=number)


def _wish(request: HttpRequest) -> str:
    wish = request.POST.get("wish")
    if wish == "cancel":
        return rules.CANCELLED
    if wish == "ignore":
        return rules.UNREACHABLE
    return rules.WRONG_PIN if request.POST.get("pin", WRONG_PIN) == WRONG_PIN else rules.PAID
