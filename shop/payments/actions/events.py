"""Keep what providers say before anything is made of it."""

import logging

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from shop.core.clock import now
from shop.core.queue import enqueue_after_commit
from shop.payments.gateways import GATEWAYS, notices
from shop.payments.gateways.mpesa import CODE as MPESA
from shop.payments.models import Payment, ProviderEvent, Refund

logger = logging.getLogger(__name__)

APPLY = "shop.flows.tasks.apply_provider_event"
Kind = ProviderEvent.Kind
State = ProviderEvent.State
# What kills its worker every time, or finds a fault of ours, must not do so for ever.
MAX_ATTEMPTS = 8


def transfer_token() -> str:
    """Return the unguessable part of the addresses that hear of money by Paybill and till."""
    made: str = salted_hmac("shop.payments.transfers", "address", algorithm="sha256").hexdigest()
    return settings.MPESA_TRANSFER_TOKEN or made[:40]


def is_transfer_token(token: str) -> bool:
    """Tell whether a token is the one of this install's transfer addresses."""
    return constant_time_compare(token, transfer_token())


@transaction.atomic
def keep_result(*, token: str, body: bytes, sender: str = "", late: bool = False) -> bool:
    """Keep what a provider says of a payment or a refund at its own address; False for no such.

    `late` is the address at which Daraja says that it did not get to a refund in time.
    """
    refund = Refund.objects.filter(notify_token=token).first()
    if refund is not None:
        kind = Kind.REFUND_LATE if late else Kind.REFUND_RESULT
        keep(kind=kind, body=body, payment_id=refund.payment_id, refund=refund, sender=sender)
        return True
    payment_id = Payment.objects.filter(notify_token=token).values_list("pk", flat=True).first()
    if payment_id is None or late:
        return False
    keep(kind=Kind.RESULT, body=body, payment_id=payment_id, sender=sender)
    return True


def keep_notice(*, provider: str, body: bytes, signature: str, sender: str = "") -> bool:
    """Keep a notice that bears its provider's signature; False for one that anybody wrote.

    The address is no secret: what nobody signed is not kept, so that nobody fills the tables.
    """
    text = readable(body)
    event = ProviderEvent(
        provider=provider, kind=Kind.NOTICE, body=text, signature=signature[:500], received_at=now()
    )
    if GATEWAYS[provider].read(event) is None:
        logger.warning("A notice for %s from %s was signed by nobody", provider, sender)
        return False
    keep(kind=Kind.NOTICE, body=body, provider=provider, signature=signature, sender=sender)
    return True


@transaction.atomic
def keep(
    *,
    kind: str,
    body: bytes,
    payment_id: int | None = None,
    refund: Refund | None = None,
    provider: str = MPESA,
    signature: str = "",
    sender: str = "",
) -> ProviderEvent:
    """Keep one event as it came, and queue it."""
    text = readable(body)
    event = ProviderEvent.objects.create(
        provider=provider,
        kind=kind,
        payment_id=payment_id,
        refund=refund,
        body=text,
        about=notices.about(text),
        signature=signature[:500],
        sender=sender[:45],
    )
    enqueue_after_commit(APPLY, event.pk)
    return event


def keep_applied(
    *,
    kind: str,
    body: str,
    outcome: str,
    state: str,
    about: str,
    payment_id: int | None = None,
    provider: str = MPESA,
    sender: str = "",
) -> None:
    """Keep an event that was dealt with already: an answer that the shop asked for."""
    ProviderEvent.objects.create(
        provider=provider,
        kind=kind,
        payment_id=payment_id,
        body=readable(body.encode()),
        about=about[:80],
        sender=sender[:45],
        state=state,
        outcome=outcome[:300],
        applied_at=now(),
    )


def readable(body: bytes) -> str:
    """Return bytes as a text that any database keeps; strange ones are written as \\x00."""
    return body.decode(errors="backslashreplace").replace("\x00", "\\x00")


def begin_to_apply(event_id: int) -> bool:
    """Count an attempt at an event before it is made; False if there is nothing (more) to do."""
    with transaction.atomic(durable=True):
        waiting = ProviderEvent.objects.filter(pk=event_id, state=State.NEW)
        if waiting.filter(attempts__lt=MAX_ATTEMPTS).update(attempts=F("attempts") + 1):
            return True
        waiting.update(state=State.REVIEW, outcome="It could not be applied.", applied_at=now())
    return False


def close(event: ProviderEvent, state: str, outcome: str) -> None:
    """Note what an event came to."""
    event.state, event.outcome, event.applied_at = state, outcome[:300], now()
    event.save(update_fields=["state", "outcome", "applied_at"])
