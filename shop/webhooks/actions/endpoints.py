"""Register endpoints, change them, test them, and send again what they missed."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from shop.core.clock import now
from shop.core.errors import Conflict, ShopError
from shop.core.queue import enqueue_after_commit
from shop.webhooks import rules
from shop.webhooks.actions.announce import DELIVER, Happening, announce
from shop.webhooks.gateways import public_addresses
from shop.webhooks.models import PING, Delivery, Endpoint, Event

REPLAYABLE = (Delivery.State.DELIVERED, Delivery.State.FAILED)


def checked_url(url: str) -> str:
    """Return the address if webhooks may go there. Raises ShopError `address_refused`.

    A name that cannot be looked up now is taken: each delivery judges anew where it leads.
    """
    private_allowed = settings.WEBHOOKS_ALLOW_PRIVATE
    try:
        target = rules.read_target(url, private_allowed=private_allowed)
        public_addresses(target, private_allowed=private_allowed)
    except rules.BadTarget as problem:
        raise ShopError("address_refused", str(problem), field="url") from None
    except OSError:
        return url
    return url


def checked_events(events: Iterable[str]) -> list[str]:
    """Return the events, each once. Raises ShopError `unknown_event`."""
    wanted = list(dict.fromkeys(events))
    unknown = [event for event in wanted if event not in Event.values]
    if unknown or not wanted:
        raise ShopError(
            "unknown_event", f"Choose some of: {', '.join(Event.values)}.", field="events"
        )
    return wanted


def register(
    *, url: str, events: Iterable[str], description: str = "", active: bool = True, user: Any = None
) -> Endpoint:
    """Register an endpoint; its `secret` is shown to whoever asked, this once.

    Raises ShopError `address_refused`, `unknown_event`.
    """
    return Endpoint.objects.create(
        url=checked_url(url),
        events=checked_events(events),
        description=description,
        active=active,
        created_by=user,
    )


def change(*, endpoint: Endpoint, **fields: Any) -> Endpoint:
    """Change url, events, description or active. Raises ShopError as `register` does."""
    if fields.get("url", endpoint.url) != endpoint.url:
        fields["url"] = checked_url(fields["url"])
    if "events" in fields:
        fields["events"] = checked_events(fields["events"])
    return write_changes(endpoint=endpoint, **fields)


def write_changes(*, endpoint: Endpoint, **fields: Any) -> Endpoint:
    """Write what was checked already; an endpoint that is switched on again has a clean slate."""
    if fields.get("url", endpoint.url) != endpoint.url:
        fields["rests_until"] = None
    if fields.get("active") and not endpoint.active:
        fields |= {"failing_since": None, "switched_off_because": "", "rests_until": None}
    for name, value in fields.items():
        setattr(endpoint, name, value)
    endpoint.save(update_fields=[*fields, "updated_at"])
    return endpoint


@transaction.atomic
def rotate_secret(*, endpoint_id: int) -> Endpoint:
    """Give an endpoint a new secret, shown this once; the old one goes on signing for a day."""
    endpoint = Endpoint.objects.select_for_update().get(pk=endpoint_id)
    endpoint.old_secret, endpoint.secret = endpoint.secret, rules.new_secret()
    endpoint.old_secret_until = now() + rules.OLD_SECRET_SIGNS_FOR
    endpoint.save(update_fields=["secret", "old_secret", "old_secret_until", "updated_at"])
    return endpoint


@transaction.atomic
def ping(*, endpoint: Endpoint) -> Delivery:
    """Send a test. Raises Conflict `webhook_off`."""
    if not endpoint.active:
        raise Conflict("webhook_off", "This webhook is switched off.")
    occasion = f"ping:{uuid4()}"
    _wake(endpoint.pk)
    announce(PING, [Happening(occasion, "", {"webhook": endpoint.pk})], [endpoint])
    return Delivery.objects.get(endpoint=endpoint, occasion=occasion)


@transaction.atomic
def replay(*, delivery_id: int) -> Delivery:
    """Send a delivery again, with the same event id and body and a fresh count of tries.

    Raises Conflict `webhook_off`, `still_on_its_way`; of two clicks one wins.
    """
    delivery = Delivery.objects.select_related("endpoint").get(pk=delivery_id)
    if not delivery.endpoint.active:
        raise Conflict("webhook_off", "This webhook is switched off.")
    again = Delivery.objects.filter(pk=delivery_id, state__in=REPLAYABLE).update(
        state=Delivery.State.DUE,
        attempts=0,
        next_attempt_at=now(),
        reason="",
        updated_at=now(),
    )
    if not again:
        raise Conflict("still_on_its_way", "This delivery is on its way already.")
    _wake(delivery.endpoint_id)
    enqueue_after_commit(DELIVER, delivery.endpoint_id)
    delivery.refresh_from_db()
    return delivery


def _wake(endpoint_id: int) -> None:
    """Let an endpoint be called at once though it rests: a person wants to know."""
    Endpoint.objects.filter(pk=endpoint_id).update(rests_until=None)
