"""One customer on one screen: orders, answers, messages, notes."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail_modeladmin.views import InspectView

from shop.backoffice.messages.log import STATE_TONES
from shop.backoffice.records.base import tag
from shop.customers.models import Consent, User
from shop.customers.queries import addresses_of, consent_history, consents_of
from shop.notifications.models import Message
from shop.notifications.queries import sms_from
from shop.orders.models import Order
from shop.orders.queries import Bought, bought_by

MOST = 20


class CustomerInspectView(InspectView):
    """The page of one customer."""

    def get_fields_dict(self) -> list[dict[str, Any]]:
        return []

    def get_meta_title(self) -> str:
        return str(self.instance)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person: User = self.instance
        user = self.request.user
        rights = {
            "note": user.has_perm("customers.add_customernote"),
            "deactivate": user.has_perm("customers.deactivate_user"),
            "export": user.has_perm("customers.export_user"),
            "erase": user.has_perm("customers.erase_user"),
        }
        return super().get_context_data(
            person=person,
            groups=list(person.groups.order_by("name")),
            bought=bought_by([person.pk]).get(person.pk, Bought()),
            orders=list(Order.objects.filter(user=person).order_by("-placed_at", "-pk")[:MOST]),
            messages_sent=_messages(person),
            replies=sms_from(str(person.phone or ""))[:MOST],
            answers=_answers(person),
            addresses=list(addresses_of(person)),
            notes=list(person.notes.order_by("-pk")),
            may=rights,
            breadcrumbs_items=[
                {"url": self.index_url, "label": _("Customers")},
                {"url": "", "label": str(person)},
            ],
            header_title=str(person),
            header_icon=self.menu_icon,
            **kwargs,
        )


def _messages(person: User) -> list[tuple[Message, Any]]:
    """Return what was sent about the account and its orders, without codes and links."""
    theirs = Q(user=person) | Q(order__in=Order.objects.filter(user=person).values("pk"))
    sent = Message.objects.filter(theirs, expires_at=None).defer("body").order_by("-pk")[:MOST]
    return [
        (message, tag(message.get_state_display(), STATE_TONES.get(message.state, "")))
        for message in sent
    ]


def _answers(person: User) -> list[tuple[str, bool, Consent | None]]:
    """Return for each purpose what counts now, with the answer that says so."""
    latest: dict[str, Consent] = {}
    for consent in consent_history(person):
        latest.setdefault(consent.purpose, consent)
    return [
        (str(Consent.Purpose(purpose).label), given, latest.get(purpose))
        for purpose, given in consents_of(person).items()
    ]
