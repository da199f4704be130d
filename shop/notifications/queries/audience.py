"""Who hears of news: people who said yes on that channel, at an address they proved."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from shop.core.clock import now
from shop.customers.models import Consent, User
from shop.notifications.models import Broadcast, Channel, Event, Message, MessageTemplate
from shop.notifications.queries.words import Preview, preview
from shop.notifications.rules import PURPOSES, with_way_out
from shop.orders.models import Order
from shop.orders.queries import COUNTED

RECENT = timedelta(days=90)
Audience = Broadcast.Audience


def audience_of(broadcast: Broadcast) -> QuerySet[User]:
    """Return whom a broadcast reaches, in no order."""
    latest = Consent.objects.filter(user=OuterRef("pk"), purpose=PURPOSES[broadcast.channel])
    said_yes = User.objects.filter(is_active=True).alias(
        yes=Subquery(latest.order_by("-pk").values("given")[:1])
    )
    people = said_yes.filter(yes=True)
    if broadcast.channel == Channel.SMS:
        people = people.filter(phone__isnull=False, phone_verified=True)
    else:
        proved = Q(emailaddress__verified=True, emailaddress__email__iexact=F("email"))
        people = people.exclude(email="").filter(proved)
    return _who_bought(people, broadcast.audience)


def _who_bought(people: QuerySet[User], audience: str) -> QuerySet[User]:
    orders = Order.objects.filter(COUNTED, user=OuterRef("pk"))
    recent = Exists(orders.filter(placed_at__gte=now() - RECENT))
    if audience == Audience.RECENT:
        return people.filter(recent)
    if audience == Audience.QUIET:
        return people.filter(Exists(orders)).exclude(recent)
    return people.exclude(Exists(orders)) if audience == Audience.NEVER else people


@dataclass(frozen=True, slots=True)
class Reach:
    """What a broadcast comes to: people, the text as an example reads it, and about what cost."""

    people: int
    preview: Preview
    cost: Decimal


def news_text(broadcast: Broadcast) -> MessageTemplate:
    """Return the text of a broadcast, with the words that lead out of it."""
    return MessageTemplate(
        event=Event.NEWS,
        channel=broadcast.channel,
        subject=broadcast.subject,
        body=with_way_out(broadcast.body, broadcast.channel),
    )


def reach_of(broadcast: Broadcast) -> Reach:
    """Say what a broadcast comes to before anything goes out; it need not be saved."""
    people = audience_of(broadcast).count()
    shown = preview(news_text(broadcast))
    return Reach(people, shown, people * shown.parts * settings.SMS_PRICE)


def progress_of(broadcast: Broadcast) -> dict[str, int]:
    """Count the messages of a broadcast by state."""
    rows = Message.objects.filter(broadcast=broadcast).order_by().values_list("state")
    return dict(rows.annotate(Count("pk")))
