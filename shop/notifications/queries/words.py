"""The words of messages: what an order puts in for placeholders, and how a text will look."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from shop.core.money import display
from shop.notifications.models import Channel, Event, MessageTemplate
from shop.notifications.rules import cheap_sms, fill, first_name, placeholders, sms_length
from shop.orders.models import Order, OrderLine


class OrderWords:
    """Look up the words of one order by placeholder; lines are read from the database if asked."""

    def __init__(
        self,
        order: Order,
        lines: Sequence[OrderLine] | None = None,
        words: Mapping[str, str] | None = None,
    ) -> None:
        self._order = order
        self._lines = lines
        self._found: dict[str, str] = dict(words or {})

    def chosen(self, names: set[str]) -> dict[str, str]:
        """Return the words for `names`; what is no placeholder is left out."""
        for name in (names & _WORDS.keys()) - self._found.keys():
            self._found[name] = _WORDS[name](self)
        return self._found

    def lines(self) -> str:
        """Every line as "2 x Name, Size: L (SKU): KSh 500"."""
        if self._lines is None:
            self._lines = list(self._order.lines.order_by("pk"))
        return "\n".join(_line(line) for line in self._lines)

    def totals(self) -> str:
        """What the total is made of, a row each; rows of nothing are left out."""
        order = self._order
        rows = [("Subtotal", order.subtotal)]
        rows += [(cut["name"], -Decimal(cut["amount"])) for cut in order.reductions]
        rows += [(f"Delivery ({order.delivery_name})", order.delivery_fee)]
        rows += [("Total", order.total), ("VAT in it", order.tax)]
        rows += [("To pay in whole shillings", order.payable)] if order.rounding else []
        return "\n".join(f"{name}: {_amount(amount)}" for name, amount in rows if amount)

    def admin_link(self) -> str:
        """The order in the admin."""
        return f"{settings.WAGTAILADMIN_BASE_URL}{_admin_path(self._order.pk)}"

    @property
    def order(self) -> Order:
        """The order the words are about."""
        return self._order


_WORDS = {
    "number": lambda words: words.order.readable_number,
    "first_name": lambda words: first_name(words.order.name),
    "name": lambda words: " ".join(words.order.name.split()),
    "total": lambda words: _amount(words.order.total),
    "link": lambda words: f"{settings.BASE_URL}{words.order.get_absolute_url()}",
    "shop": lambda words: settings.WAGTAIL_SITE_NAME,
    "delivery": lambda words: words.order.delivery_name,
    "lines": OrderWords.lines,
    "totals": OrderWords.totals,
    "place": lambda words: words.order.place or words.order.delivery_name,
    "phone": lambda words: str(words.order.phone),
    "email": lambda words: words.order.email or "none",
    "payment": lambda words: words.order.payment_name,
    "notes": lambda words: words.order.notes or "none",
    "admin_link": OrderWords.admin_link,
}


def _line(line: OrderLine) -> str:
    name = f"{line.name}, {line.options}" if line.options else line.name
    return f"{line.quantity} x {name} ({line.sku}): {_amount(line.line_total)}"


def _amount(amount: Decimal) -> str:
    # Mail programs and phones break lines as they like; a plain space is safe in both.
    return display(Decimal(amount)).replace("\u00a0", " ")


def _admin_path(order_id: int) -> str:
    """Return wagtail-modeladmin's address of an order; its usual form where it has no name yet."""
    try:
        return reverse("orders_order_modeladmin_inspect", args=[order_id])
    except NoReverseMatch:
        return f"/admin/orders/order/inspect/{order_id}/"


def rendered(template: MessageTemplate, words: OrderWords) -> tuple[str, str]:
    """Return subject and body for one order."""
    values = words.chosen(placeholders(template.subject + template.body))
    return filled(template, values)


def filled(template: MessageTemplate, values: Mapping[str, str]) -> tuple[str, str]:
    """Return subject and body with `values` for the placeholders."""
    body = fill(template.body, values)
    if template.channel == Channel.SMS:
        # A word that says nothing leaves no gap.
        return "", cheap_sms(re.sub(" {2,}", " ", body).strip())
    return " ".join(fill(template.subject, values).split())[:150], body


# An ordinary order, so that an editor sees an ordinary length.
EXAMPLE = {
    "number": "482 190 375",
    "first_name": "Wanjiku",
    "name": "Wanjiku Kamau",
    "total": "KSh 12,450",
    "delivery": "Delivery to your door",
    "lines": "2 x Hass avocados, Size: large (AVO-L): KSh 300\n1 x Solar lamp (LAMP-1): KSh 11,850",
    "totals": "Subtotal: KSh 12,150\nDelivery (Delivery to your door): KSh 300\n"
    "Total: KSh 12,450\nVAT in it: KSh 1,717.24",
    "place": "Blue gate, Kilimani, Nairobi",
    "phone": "+254712345678",
    "email": "wanjiku@example.org",
    "payment": "Cash on delivery",
    "notes": "Please call at the gate.",
    "amount": "KSh 500",
    "receipt": "SGH7X2K9QP",
    "money": "KSh 500 goes back to you.",
    "parcel": "parcel 1 of your order",
    "tracking": "By DHL Express, number 1234567890.",
    "tracking_link": "https://www.example.org/track?id=1234567890",
    "news": "We accept the return of 1 x Clay pot. Please bring it to the shop.",
    "code": "482913",
    "minutes": "10",
}


def _example_path(event: str) -> str:
    return reverse("account") if event == Event.WELCOME else f"/orders/{'x' * 22}/"


@dataclass(frozen=True, slots=True)
class Preview:
    """A text as the example order would make it; emails have neither encoding nor parts."""

    subject: str
    text: str
    characters: int
    encoding: str
    parts: int


def preview(template: MessageTemplate) -> Preview:
    """Show a text with the words of an example order; the template need not be saved."""
    values = {
        **EXAMPLE,
        "shop": settings.WAGTAIL_SITE_NAME,
        "link": f"{settings.BASE_URL}{_example_path(template.event)}",
        "admin_link": f"{settings.WAGTAILADMIN_BASE_URL}{_admin_path(1)}",
        "stop": f"{settings.BASE_URL}/stop/{'x' * 16}/",
    }
    subject, text = filled(template, values)
    if template.channel != Channel.SMS:
        return Preview(subject, text, len(text), "", 0)
    length = sms_length(text)
    return Preview(subject, text, length.characters, length.encoding, length.parts)
