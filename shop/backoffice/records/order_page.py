"""One order on one screen, with buttons for the steps that are legal now."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.views import InspectView

from shop.catalog.models import Product
from shop.notifications.actions.resend import RESENDABLE
from shop.notifications.models import Message
from shop.orders import rules
from shop.orders.models import Order

PAY = "paid"

STEPS = {
    rules.CONFIRMED: gettext_lazy("Confirm"),
    rules.PACKED: gettext_lazy("Mark as packed"),
    rules.SHIPPED: gettext_lazy("Hand to the rider"),
    rules.DELIVERED: gettext_lazy("Mark as delivered"),
    rules.CANCELLED: gettext_lazy("Cancel the order"),
    PAY: gettext_lazy("Cash received"),
}

MESSAGE_TONES = {
    Message.State.SENT: "w-status--primary",
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
    steps = list(rules.MOVES[order.status])
    if order.payment_status == Order.PaymentStatus.UNPAID and order.status != rules.CANCELLED:
        place = 0 if order.status == rules.DELIVERED else len(steps) - (rules.CANCELLED in steps)
        steps.insert(place, PAY)
    return steps


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
        return super().get_context_data(
            order=order,
            lines=lines,
            products_left=set(
                Product.objects.filter(pk__in=[line.product_id for line in lines]).values_list(
                    "pk", flat=True
                )
            ),
            order_messages=messages,
            events=list(order.events.order_by("pk")),
            payments=list(order.payments.order_by("pk")),
            steps=self.get_steps(order) if may_change else [],
            may_resend=self.request.user.has_perm("notifications.change_message"),
            breadcrumbs_items=[
                {"url": self.index_url, "label": _("Orders")},
                {"url": "", "label": self.get_meta_title()},
            ],
            header_title=self.get_meta_title(),
            header_icon=self.menu_icon,
            **kwargs,
        )

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
