"""Wake the people who work in the shop."""

from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.door import ApiView
from shop.api.idempotency import idempotent
from shop.api.orders.input import checked
from shop.api.permissions import MayAlert
from shop.notifications.actions import alert_staff
from shop.notifications.rules import ALERT_LEVELS

LONGEST = 1_000


class AlertInput(serializers.Serializer[Any]):
    """What is wrong, and how bad it is. `info` goes by email only."""

    message = serializers.CharField(max_length=LONGEST)
    level = serializers.ChoiceField(choices=list(ALERT_LEVELS), required=False, default="warning")


class Alerts(ApiView):
    """Tell everybody of staff."""

    permission_classes = [MayAlert]
    scopes: ClassVar[dict[str, str]] = {"POST": "orders:write"}

    @idempotent
    def post(self, request: Request) -> Response:
        """Send an alert by email and SMS; answers how many go by each."""
        wish = checked(AlertInput, request.data)
        told = alert_staff(
            text=wish["message"], level=wish["level"], actor=request.user.get_username()
        )
        return Response({**wish, "recipients": told}, status=202)
