"""The log of deliveries: what was told to whom, what came back, and once more."""

import json
from typing import Any

from django.contrib.admin import RelatedFieldListFilter, display
from django.contrib.auth.decorators import permission_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail_modeladmin.helpers.search import BaseSearchHandler
from wagtail_modeladmin.views import InspectView

from shop.backoffice.records.base import DateFilter, RecordAdmin, tag
from shop.core.clock import now
from shop.core.errors import ShopError
from shop.webhooks.actions import ping, replay
from shop.webhooks.actions.endpoints import REPLAYABLE
from shop.webhooks.models import Delivery, Endpoint

STATE_TONES = {"delivered": "good", "failed": "alert"}
SECONDS_BETWEEN_LOOKS = 2


def tone_of(delivery: Delivery) -> str:
    """Return the tone of a delivery's tag: one that waits after a failure warns."""
    if delivery.state == Delivery.State.DUE and delivery.attempts:
        return "warn"
    return STATE_TONES.get(delivery.state, "")


class DeliverySearch(BaseSearchHandler):
    """Find deliveries by order number, product, SKU or event id."""

    def search_queryset(
        self, queryset: QuerySet[Delivery], search_term: str, **kwargs: Any
    ) -> QuerySet[Delivery]:
        term = search_term.strip()
        if not term:
            return queryset
        joined = "".join(term.split())
        found = Q(about__icontains=term) | Q(about__icontains=joined)
        digits = joined.replace("-", "")
        if len(digits) == 32 and all(sign in "0123456789abcdefABCDEF" for sign in digits):
            found |= Q(event_id=digits)
        return queryset.filter(found)


class WebhookFilter(RelatedFieldListFilter):
    """Webhooks in the order of their making; Django would ask an admin that is not there."""

    def field_admin_ordering(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        return ("pk",)


class DeliveryInspectView(InspectView):
    """One delivery: what was sent, what came back."""

    def get_fields_dict(self) -> list[dict[str, Any]]:
        return []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it; while it is on its way the page asks again by itself."""
        response: HttpResponse = super().get(request, *args, **kwargs)
        if _under_way(self.instance):
            response["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        delivery: Delivery = self.instance
        payload = json.dumps(json.loads(delivery.payload), indent=2, ensure_ascii=False)
        title = f"{delivery.get_event_display()} {delivery.about}".strip()
        return super().get_context_data(
            delivery=delivery,
            payload=payload,
            state=tag(delivery.get_state_display(), tone_of(delivery)),
            under_way=_under_way(delivery),
            webhook_url=reverse("webhooks:inspect", args=[delivery.endpoint_id]),
            replay_url=reverse("webhook_replay", args=[delivery.pk])
            if delivery.state in REPLAYABLE
            and self.request.user.has_perm("webhooks.change_delivery")
            else "",
            breadcrumbs_items=[
                {"url": self.index_url, "label": _("Webhook deliveries")},
                {"url": "", "label": title},
            ],
            header_title=title,
            header_icon=self.menu_icon,
            **kwargs,
        )


def _under_way(delivery: Delivery) -> bool:
    due = delivery.state == Delivery.State.DUE and (delivery.next_attempt_at or now()) <= now()
    return due or delivery.state == Delivery.State.SENDING


class DeliveryAdmin(RecordAdmin):
    """What other programs were told."""

    model = Delivery
    menu_label = gettext_lazy("Webhook deliveries")
    menu_icon = "link-external"
    list_display = (
        "what", "about", "webhook", "state_tag", "attempts", "answer", "reason", "when",
    )  # fmt: skip
    list_filter = ("state", "event", ("endpoint", WebhookFilter), ("created_at", DateFilter))
    list_select_related = ("endpoint",)
    search_handler_class = DeliverySearch
    ordering = ("-id",)
    inspect_view_class = DeliveryInspectView
    inspect_template_name = "backoffice/webhooks/delivery.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        deliveries: QuerySet[Delivery] = super().get_queryset(request)
        return deliveries.defer("payload", "response_body")

    @display(description=gettext_lazy("Event"), ordering="event")
    def what(self, delivery: Delivery) -> str:
        return delivery.get_event_display()

    @display(description=gettext_lazy("Webhook"))
    def webhook(self, delivery: Delivery) -> SafeString:
        address = reverse("webhooks:inspect", args=[delivery.endpoint_id])
        return format_html('<a href="{}">{}</a>', address, delivery.endpoint)

    @display(description=gettext_lazy("State"), ordering="state")
    def state_tag(self, delivery: Delivery) -> SafeString:
        return tag(delivery.get_state_display(), tone_of(delivery))

    @display(description=gettext_lazy("Answer"))
    def answer(self, delivery: Delivery) -> str:
        if delivery.response_status is None:
            return ""
        return f"HTTP {delivery.response_status}, {delivery.duration_ms} ms"

    @display(description=gettext_lazy("Written"), ordering="created_at")
    def when(self, delivery: Delivery) -> str:
        return f"{localtime(delivery.created_at):%-d %b %Y, %H:%M}"


@require_POST
@permission_required("webhooks.change_endpoint", raise_exception=True)
def send_test(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """Send a test event and show what becomes of it."""
    endpoint = get_object_or_404(Endpoint, pk=webhook_id)
    try:
        delivery = ping(endpoint=endpoint)
    except ShopError as error:
        messages.error(request, error.message)
        return redirect("webhooks:inspect", endpoint.pk)
    return redirect("webhooks_delivery_modeladmin_inspect", delivery.pk)


@require_POST
@permission_required("webhooks.change_delivery", raise_exception=True)
def send_delivery_again(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Send a delivery once more."""
    delivery = get_object_or_404(Delivery, pk=delivery_id)
    try:
        replay(delivery_id=delivery.pk)
    except ShopError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("It goes out again in a moment."))
    return redirect("webhooks_delivery_modeladmin_inspect", delivery.pk)
