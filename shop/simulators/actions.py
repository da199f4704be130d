"""Prompts that come and are answered, messages that arrive."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Sum

from shop.core.clock import now
from shop.notifications.rules import sms_length
from shop.simulators import network, rules
from shop.simulators.callbacks import post, post_later
from shop.simulators.models import Prompt, Text
from shop.simulators.rules import Notice


def ring(**fields: Any) -> Prompt:
    """Put a prompt on a phone; a number of the table answers it by itself."""
    prompt = Prompt(**fields)
    ending = rules.ENDINGS.get(rules.last_digits(prompt.phone))
    if ending is not None:
        after = timedelta(seconds=ending.after * settings.SIMULATORS_PACE)
        prompt.result, prompt.result_at = ending.result, prompt.created_at + after
    prompt.save()
    notices = ending.notices if ending else ()
    for notice in notices:
        if notice.after < 0:
            post(prompt, notice)
    post_later(prompt, [notice for notice in notices if notice.after >= 0])
    return prompt


def answer(prompt: Prompt, result: str) -> bool:
    """Answer a prompt as the person at the phone; False for one that is answered or over."""
    moment = now()
    waiting = Prompt.objects.filter(
        pk=prompt.pk, result="", created_at__gt=moment - timedelta(seconds=rules.PATIENCE)
    )
    if not waiting.update(result=result, result_at=moment):
        return False
    post_later(prompt, [Notice(after=0, result=result)])
    return True


def open_prompt(phone: str) -> Prompt | None:
    """Return the prompt that a phone shows now."""
    latest = Prompt.objects.filter(phone=phone).order_by("-pk").first()
    return latest if latest is not None and not latest.result_by(now()) else None


def deliver(*, phone: str, sender: str, body: str) -> Text:
    """Bring an SMS to a phone, or not, as the number's last digits say."""
    return Text.objects.create(
        phone=phone,
        sender=sender,
        body=body,
        code=rules.sms_code(phone),
        parts=sms_length(body).parts,
    )


def balance() -> Decimal:
    """Return what is left on the pretend account."""
    sent = Text.objects.filter(code=rules.SMS_TAKEN, is_reply=False)
    parts = sent.aggregate(parts=Sum("parts"))["parts"] or 0
    return max(network.BALANCE - parts * network.PRICE, Decimal(0))


def reply(*, phone: str, body: str) -> None:
    """Send what somebody wrote on a phone to the shop."""
    text = Text.objects.create(phone=phone, body=body, is_reply=True)
    network.reply(text, settings.AFRICASTALKING_SENDER_ID or "20880")
