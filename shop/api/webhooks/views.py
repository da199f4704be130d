"""The addresses of webhooks: for staff with the rights, and for tokens that act for them."""

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.door import ApiView
from shop.api.errors import missing
from shop.api.idempotency import idempotent
from shop.api.orders.input import checked
from shop.api.paging import PAGING, read_window
from shop.api.webhooks.answers import delivery_answer, webhook_answer
from shop.api.webhooks.input import WebhookChangesInput, WebhookInput
from shop.api.webhooks.rights import MayTendWebhooks
from shop.api.words import LARGEST_ID, read_choice, refuse_unknown
from shop.webhooks import actions
from shop.webhooks.models import PING, Delivery, Endpoint, Event


class WebhookView(ApiView):
    """An address about webhooks."""

    permission_classes = [MayTendWebhooks]
    scopes: ClassVar[dict[str, str]] = {
        "GET": "orders:read",
        **dict.fromkeys(("POST", "PATCH", "DELETE"), "catalog:write"),
    }

    def endpoint(self, webhook_id: int) -> Endpoint:
        """Return a webhook. Raises Refused (404)."""
        found = Endpoint.objects.filter(pk=webhook_id).first() if fits(webhook_id) else None
        if found is None:
            raise missing("There is no such webhook.")
        return found

    def delivery(self, webhook_id: int, delivery_id: int) -> Delivery:
        """Return a delivery of a webhook. Raises Refused (404)."""
        found = None
        if fits(webhook_id, delivery_id):
            found = Delivery.objects.filter(pk=delivery_id, endpoint=webhook_id).first()
        if found is None:
            raise missing("There is no such delivery.")
        return found


def fits(*ids: int) -> bool:
    """Tell whether a database can look for these."""
    return all(number <= LARGEST_ID for number in ids)


class WebhookList(WebhookView):
    """All webhooks."""

    def get(self, request: Request) -> Response:
        """List webhooks, the oldest first."""
        refuse_unknown(request.GET, PAGING)
        offset, limit = read_window(request.GET)
        endpoints = Endpoint.objects.order_by("pk")
        items = [webhook_answer(each) for each in endpoints[offset : offset + limit]]
        return Response({"meta": {"total_count": endpoints.count()}, "items": items})

    @idempotent
    def post(self, request: Request) -> Response:
        """Register a webhook; `secret` is answered here and never again."""
        wish = checked(WebhookInput, request.data)
        endpoint = actions.register(**wish, user=request.user)
        return Response(webhook_answer(endpoint, with_secret=True), status=201)


class WebhookDetail(WebhookView):
    """One webhook."""

    def get(self, request: Request, webhook_id: int) -> Response:
        """Show a webhook."""
        refuse_unknown(request.GET, ())
        return Response(webhook_answer(self.endpoint(webhook_id)))

    def patch(self, request: Request, webhook_id: int) -> Response:
        """Change what is named; switched on again, it begins with a clean slate."""
        endpoint = self.endpoint(webhook_id)
        wish = checked(WebhookChangesInput, request.data)
        return Response(webhook_answer(actions.change(endpoint=endpoint, **wish)))

    def delete(self, request: Request, webhook_id: int) -> Response:
        """Remove a webhook and its log."""
        self.endpoint(webhook_id).delete()
        return Response(status=204)


class WebhookSecret(WebhookView):
    """The key that signs."""

    rights: ClassVar = {"POST": ("webhooks.change_endpoint",)}

    def post(self, request: Request, webhook_id: int) -> Response:
        """Change the secret; the old one goes on signing beside it for a day."""
        endpoint = actions.rotate_secret(endpoint_id=self.endpoint(webhook_id).pk)
        return Response(webhook_answer(endpoint, with_secret=True))


class WebhookTest(WebhookView):
    """A try."""

    rights: ClassVar = {"POST": ("webhooks.change_endpoint",)}

    def post(self, request: Request, webhook_id: int) -> Response:
        """Send an event `ping`; what becomes of it stands among the deliveries."""
        delivery = actions.ping(endpoint=self.endpoint(webhook_id))
        return Response(delivery_answer(delivery), status=202)


class DeliveryList(WebhookView):
    """What a webhook was told."""

    rights: ClassVar = {"GET": ("webhooks.view_delivery",)}

    def get(self, request: Request, webhook_id: int) -> Response:
        """List deliveries of the last 30 days, the newest first."""
        words = request.GET
        refuse_unknown(words, PAGING | {"status", "event"})
        state = read_choice(words, "status", ["", *Delivery.State.values])
        event = read_choice(words, "event", ["", *Event.values, PING])
        offset, limit = read_window(words)
        deliveries = Delivery.objects.filter(endpoint=self.endpoint(webhook_id))
        if state:
            deliveries = deliveries.filter(state=state)
        if event:
            deliveries = deliveries.filter(event=event)
        rows = deliveries.order_by("-pk")[offset : offset + limit]
        items = [delivery_answer(delivery) for delivery in rows]
        return Response({"meta": {"total_count": deliveries.count()}, "items": items})


class DeliveryDetail(WebhookView):
    """One delivery."""

    rights: ClassVar = {"GET": ("webhooks.view_delivery",)}

    def get(self, request: Request, webhook_id: int, delivery_id: int) -> Response:
        """Show a delivery."""
        refuse_unknown(request.GET, ())
        return Response(delivery_answer(self.delivery(webhook_id, delivery_id)))


class Replay(WebhookView):
    """Once more."""

    rights: ClassVar = {"POST": ("webhooks.change_delivery",)}

    def post(self, request: Request, webhook_id: int, delivery_id: int) -> Response:
        """Send a delivery again, with the same event id and body."""
        delivery = self.delivery(webhook_id, delivery_id)
        return Response(delivery_answer(actions.replay(delivery_id=delivery.pk)), status=202)
