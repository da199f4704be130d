"""Say no to offers: by the link under one, or by an SMS that says STOP."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

from shop.core.errors import NotFound
from shop.customers.actions import set_consent
from shop.customers.models import Consent, User
from shop.customers.queries import consents_of
from shop.notifications.models import Channel
from shop.notifications.rules import PURPOSES

_LETTERS = {"s": Channel.SMS.value, "e": Channel.EMAIL.value}
# Short, because it is paid for by length; to guess one of them takes 2**60 tries.
_PROOF = 12
_TOKEN = re.compile(rf"([0-9a-z]{{1,13}})([se])([0-9a-v]{{{_PROOF}}})")


@dataclass(frozen=True, slots=True)
class WayOut:
    """Whose offers on which channel a link stops."""

    user: User
    channel: str

    @property
    def is_open(self) -> bool:
        """Tell whether there is anything to stop."""
        return consents_of(self.user)[PURPOSES[self.channel]]


def way_out_url(user_id: int, channel: str) -> str:
    """Return the address at which an account stops its offers on a channel, without signing in."""
    token = f"{int_to_base36(user_id)}{channel[0]}"
    return f"{settings.BASE_URL}{reverse('news-stop', args=[token + _proof(token)])}"


def find_way_out(token: str) -> WayOut:
    """Return what a link stops. Raises NotFound for one that this shop did not write."""
    parts = _TOKEN.fullmatch(token)
    if parts and constant_time_compare(_proof(parts[1] + parts[2]), parts[3]):
        user = User.objects.filter(pk=base36_to_int(parts[1])).first()
        if user is not None:
            return WayOut(user, _LETTERS[parts[2]])
    raise NotFound("unknown_link", "This link leads to nobody's offers.")


def stop_news(way_out: WayOut) -> None:
    """Note that an account wants no more offers on a channel."""
    set_consent(
        way_out.user, purpose=PURPOSES[way_out.channel], given=False, source="link in an offer"
    )


@transaction.atomic
def stop_news_to(phone: str) -> int:
    """Note that whoever has a phone wants no more offers by SMS; returns how many accounts did."""
    stopped = 0
    for user in User.objects.filter(phone=phone).order_by("pk"):
        if consents_of(user)[Consent.Purpose.MARKETING_SMS]:
            set_consent(user, purpose=Consent.Purpose.MARKETING_SMS, given=False, source="sms")
            stopped += 1
    return stopped


def wants_news(user_id: int, channel: str) -> bool:
    """Tell whether an account says yes to offers on a channel now."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    return user is not None and consents_of(user)[PURPOSES[channel]]


def _proof(token: str) -> str:
    digest = salted_hmac("shop.notifications.way_out", token, algorithm="sha256").digest()
    return _base32(int.from_bytes(digest[:8], "big"))[-_PROOF:]


def _base32(number: int) -> str:
    signs = "0123456789abcdefghijklmnopqrstuv"
    return "".join(signs[number >> shift & 31] for shift in range(60, -5, -5))
