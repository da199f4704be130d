"""However many workers apply the reports of one SMS at once, it ends in one right state."""

import threading

import pytest
from django.db import connections

from shop.core.clock import now
from shop.notifications.actions import apply_report, keep_report
from shop.notifications.models import CarrierReport, Message

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

WORKERS = 4


def test_success_wins_whoever_comes_first():
    message = Message.objects.create(
        event="alert",
        channel="sms",
        recipient="+254712345678",
        body="Hi",
        state="sent",
        provider_id="ATXid_1",
        handed_over_at=now(),
    )
    reports = [
        keep_report(kind="delivery", body=f"id=ATXid_1&status={status}".encode())
        for status in ("Submitted", "Failed", "Success", "Success", "Failed")
    ]
    start = threading.Barrier(WORKERS)
    failures: list[Exception] = []

    def work() -> None:
        try:
            start.wait(120)
            for report in reports:
                apply_report(report_id=report.pk)
        except Exception as error:  # noqa: BLE001  (shown by the main thread)
            failures.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    assert failures == []
    message.refresh_from_db()
    assert message.state == "delivered"
    assert not CarrierReport.objects.filter(state="new").exists()
    assert not CarrierReport.objects.filter(attempts__gt=WORKERS).exists()
