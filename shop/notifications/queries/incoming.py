"""What people wrote to the shop by SMS."""

from typing import Any

from shop.notifications.models import CarrierReport
from shop.notifications.rules.reports import read_fields


def sms_from(phone: str) -> list[dict[str, Any]]:
    """Return the SMS that came from a phone, the latest first, with what became of each."""
    if not phone:
        return []
    kind = CarrierReport.Kind.INCOMING
    found = CarrierReport.objects.filter(kind=kind, phone=phone).order_by("-pk")
    return [
        {
            "text": read_fields(report.body).get("text", ""),
            "received_at": report.received_at,
            "outcome": report.outcome,
        }
        for report in found
    ]
