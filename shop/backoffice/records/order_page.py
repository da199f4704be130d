"""One order on one screen, with buttons for the steps that are legal now."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.views import InspectView

from shop.backoffice.fulfilment.panel import can_split, parcel_cards, return_cards
from shop.backoffice.orders.looking import others_looking
from shop.backoffice.products.listing import with_pictures
from shop.catalog.models import Product
from shop.notifications.actions.resend import RESENDABLE
from shop.notifications.models import Message
from shop.orders import rules
from shop.orders.models import Order, OrderLine

PAY = "paid"

STEPS = {
    rules.CONFIRMED: gettext_lazy("Confirm"),
    rules.PACKED: gettext_lazy("Mark as packed"),
    rules.SHIPPED: gettext_lazy("Hand to the rider"),
    rules.DELIVERED: gettext_lazy("Mark as delivered"),
    rules.CANCELLED: gettext_lazy("Cancel the order"),
    PAY: gettext_lazy("Money received"),
}

MESSAGE_TONES = {
    Message.State.DELIVERED: "w-status--primary",
    Message.State.FAILED: "backoffice-alert",
    Message.State.UNKNOWN: "backoffice-warn",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A button: where it leads and how it looks."""

    label: str
    url: str
    serious: bool


def legal_steps(order: Order) -> list[str]:
    """Return what may be done with an order now, the usual next step first."""
    # Once parcels part, each goes by its own buttons.
    moves = () if order.status == rules.PARTLY_SHIPPED else rules.MOVES[order.status]
    steps = [step for step in moves if step in STEPS]
    if order.payment_status == Order.PaymentStatus.UNPAID and order.status != rules.CANCELLED:
        place = 0 if order.status == rules.DELIVERED else len(steps) - (rules.CANCELLED in steps)
        steps.insert(place, PAY)
    return steps


def line_rows(lines: list[OrderLine]) -> list[tuple[OrderLine, Product | None]]:
    """Return each line with its product as it is now, pictures at hand; None once that is gone."""
    products = with_pictures(Product.objects.filter(pk__in={line.product_id for line in lines}))
    left = {product.pk: product for product in products}
    return [(line, left.get(line.product_id)) for line in lines]


def change_url(order: Order) -> str:
    """Return where an order is changed; empty once that is too late."""
    early = order.status in (rules.PLACED, rules.CONFIRMED)
    return reverse("order_change", args=[order.pk]) if early else ""


class OrderInspectView(InspectView):
    """The page of one order."""

    def get_fields_dict(self) -> list[dict[str, Any]]:
        return []

    def get_meta_title(self) -> str:
        return _("Order %s") % self.instance.readable_number

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        order = self.instance
        lines = list(order.lines.order_by("pk"))
        messages = list(order.messages.order_by("pk"))
        for message in messages:
            message.tone = MESSAGE_TONES.get(message.state, "")
            message.resendable = message.state in RESENDABLE
        may_change = self.request.user.has_perm("orders.change_order")
        parcels = parcel_cards(order, may_change=may_change)
        splits = may_change and can_split(parcels)
        return super().get_context_data(
            order=order,
            rows=line_rows(lines),
            order_messages=messages,
            events=list(order.events.order_by("pk")),
            payments=list(order.payments.order_by("pk").prefetch_related("refunds")),
            may_refund=self.request.user.has_perm("payments.add_refund"),
            parcels=parcels,
            split_url=reverse("order_split", args=[order.pk]) if splits else "",
            returns=return_cards(order, may_change=may_change),
            steps=self.get_steps(order) if may_change else [],
            change_url=change_url(order) if may_change else "",
            customer_url=self.get_customer_url(order),
            others_looking=others_looking(order.pk, self.request.user),
            may_resend=self.request.user.has_perm("notifications.change_message"),
            breadcrumbs_items=[
                {"url": self.index_url, "label": _("Orders")},
                {"url": "", "label": self.get_meta_title()},
            ],
            header_title=self.get_meta_title(),
            header_icon=self.menu_icon,
            **kwargs,
        )

    def get_customer_url(self, order: Order) -> str:
        """Return where the customer's own screen is, for who may see it."""
        if order.user_id is None or not self.request.user.has_perm("customers.view_user"):
            return ""
        return reverse("customers_modeladmin_inspect", args=[order.user_id])

    @staticmethod
    def get_steps(order: Order) -> list[Step]:
        """Return the buttons."""
        return [
            Step(
                str(STEPS[name]),
                reverse("order_step", args=[order.pk, name]),
                name == rules.CANCELLED,
            )
            for name in legal_steps(order)
        ]
