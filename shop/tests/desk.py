"""Money that does not fit, for tests of the desk."""

import csv
import io
import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ

from shop.flows import tasks
from shop.payments.actions import events
from shop.payments.models import Payment, ProviderEvent, StatementImport
from shop.tests.fakes import daraja

TITLES = "Receipt No.,Completion Time,Transaction Status,Paid In,Withdrawn,Other Party Info,A/C No."
APPLY = "shop.flows.tasks.apply_provider_event"


def transfer(account: str, amount: Any, receipt: str, **fields: Any) -> Payment:
    """Let money come by Paybill, as M-Pesa tells of it; returns the payment that it became."""
    body = {
        "TransactionType": "Pay Bill",
        "TransID": receipt,
        "TransTime": "20261121134500",
        "TransAmount": str(amount),
        "BusinessShortCode": daraja.SHORTCODE,
        "BillRefNumber": account,
        "MSISDN": "25471****678",
        "FirstName": "OTIENO",
        "MiddleName": "",
        "LastName": "OKELLO",
        **fields,
    }
    events.keep(kind=ProviderEvent.Kind.TRANSFER, body=json.dumps(body).encode())
    apply_events()
    return Payment.objects.get(receipt=receipt)


def apply_events() -> None:
    """Let the worker apply what providers told; other work stays in the queue."""
    for row in OrmQ.objects.order_by("pk"):
        task = row.task
        if task["func"] == APPLY:
            row.delete()
            tasks.apply_provider_event(*task["args"])


def statement(*rows: Any, account: str = daraja.SHORTCODE) -> str:
    """Write a statement; a row is receipt, amount, account."""
    file = io.StringIO()
    file.write(f"Short Code:,{account}\n\n{TITLES}\n")
    writer = csv.writer(file)
    for receipt, amount, number in rows:
        writer.writerow(
            [
                receipt,
                "21-11-2026 13:45:00",
                "Completed",
                amount,
                "",
                "2547****678 - OTIENO",
                number,
            ]
        )
    return file.getvalue()


def bring_statement(client: Client, content: str, name: str = "november.csv") -> StatementImport:
    """Upload a file; returns its record."""
    sent = SimpleUploadedFile(name, content.encode(), content_type="text/csv")
    answer = client.post(reverse("money_statements"), {"file": sent})
    assert answer.status_code == 302, answer.context["form"].errors
    return StatementImport.objects.latest("pk")


def apply_statement_page(client: Client, taken: StatementImport, **chosen: str) -> StatementImport:
    """Press the button, and let the worker settle what was found."""
    answer = client.post(reverse("money_statement_apply", args=[taken.pk]), chosen)
    assert answer.status_code == 302
    apply_events()
    taken.refresh_from_db()
    return taken
