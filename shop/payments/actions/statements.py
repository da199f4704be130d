"""Take a statement in: compare it first, then write down what nobody had told of."""

import hashlib
import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, BinaryIO

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime, make_aware

from shop.core.clock import now
from shop.core.queue import enqueue_after_commit
from shop.core.spreadsheets import FileRefused
from shop.payments.actions.events import APPLY
from shop.payments.gateways.bank_transfer import CODE as BANK_TRANSFER
from shop.payments.gateways.mpesa import CODE as MPESA
from shop.payments.models import OutgoingLine, ProviderEvent, StatementImport, StatementLine
from shop.payments.reconciliation.differences import Forecast, Kind, compared
from shop.payments.statements.reader import read_statement
from shop.payments.statements.rows import BANK, OutgoingRow, Statement, StatementRow

# Of a file that was never applied nothing is kept longer: it tells who paid.
COMPARED_KEPT = timedelta(days=7)
PROBLEMS_KEPT = 500


@transaction.atomic
def compare_statement(*, file: BinaryIO, filename: str, user: Any = None) -> StatementImport:
    """Read a statement and keep it for comparison; nothing of it counts yet.

    Raises FileRefused where the file as a whole is none, or is of another Paybill or till.
    """
    statement = read_statement(file, filename)
    _require_ours(statement)
    file.seek(0)
    moments = [make_aware(row.paid_at) for row in statement.rows]
    moments += [make_aware(row.paid_at) for row in statement.outgoing]
    taken = StatementImport.objects.create(
        kind=statement.kind,
        filename=filename[-255:],
        digest=hashlib.sha256(file.read()).hexdigest(),
        rows=[_as_json(row) for row in statement.rows],
        rows_read=statement.read,
        rows_good=len(statement.rows),
        refused=len(statement.problems),
        problems=[
            {"line": each.line, "column": each.column, "code": each.code, "detail": each.detail}
            for each in statement.problems[:PROBLEMS_KEPT]
        ],
        passed_over=statement.passed_over,
        total=sum((row.amount for row in statement.rows), Decimal("0.00")),
        first_at=min(moments, default=None),
        last_at=max(moments, default=None),
        started_by=user,
    )
    OutgoingLine.objects.bulk_create(
        [_as_outgoing(taken, row) for row in statement.outgoing], batch_size=500
    )
    return taken


def _as_outgoing(taken: StatementImport, row: OutgoingRow) -> OutgoingLine:
    return OutgoingLine(
        statement=taken,
        line=row.line,
        receipt=row.receipt,
        linked=row.linked,
        paid_at=make_aware(row.paid_at),
        amount=row.amount,
        reference=row.reference,
        details=row.details,
    )


def _require_ours(statement: Statement) -> None:
    ours = {settings.MPESA_SHORTCODE, settings.MPESA_TILL} - {""}
    if statement.account and ours and statement.account not in ours:
        raise FileRefused(
            "another_account",
            f"This statement is of {statement.account}; the shop's Paybill or till is"
            f" {' or '.join(sorted(ours))}.",
        )


def _as_json(row: StatementRow) -> dict[str, Any]:
    return {
        "line": row.line,
        "receipt": row.receipt,
        "paid_at": row.paid_at.isoformat(),
        "amount": f"{row.amount:.2f}",
        "reference": row.reference,
        "payer": row.payer,
        "details": row.details,
    }


def unwritten_lines(statement: StatementImport) -> list[StatementLine]:
    """Return the lines that a statement would become."""
    return [
        StatementLine(
            statement=statement,
            line=row["line"],
            receipt=row["receipt"],
            paid_at=make_aware(datetime.fromisoformat(row["paid_at"])),
            amount=Decimal(row["amount"]),
            reference=row["reference"],
            payer=row["payer"],
            details=row["details"],
        )
        for row in statement.rows
    ]


def apply_statement(*, import_id: int, user: Any = None, strays: bool = True) -> StatementImport:
    """Write the lines of a compared statement, and an event for money that nobody told of.

    The worker settles each as it settles word from the provider. Without `strays`, money that names
    no order stays out, for an account that takes other money too; a later file can bring it. A
    second call, or the same file again, changes nothing.
    """
    try:
        return _apply(import_id, user, strays)
    except IntegrityError:
        # Another file with the same receipts was quicker: its lines are known by now.
        return _apply(import_id, user, strays)


@transaction.atomic
def _apply(import_id: int, user: Any, strays: bool) -> StatementImport:
    statement = StatementImport.objects.select_for_update().get(pk=import_id)
    if statement.applied:
        return statement
    lines = []
    for entry in compared(statement, unwritten_lines(statement)):
        if entry.kind == Kind.CONTRADICTED:
            statement.contradicted += 1
        elif entry.known:
            statement.known += 1
        elif strays or entry.forecast != Forecast.UNMATCHED:
            if entry.kind == Kind.MISSING:
                entry.line.event = _keep_event(statement, entry.line)
            lines.append(entry.line)
    StatementLine.objects.bulk_create(lines, batch_size=500)
    statement.rows = []
    statement.state = StatementImport.State.APPLIED
    statement.applied_at, statement.applied_by = now(), user
    statement.save()
    return statement


def _keep_event(statement: StatementImport, line: StatementLine) -> ProviderEvent:
    """Keep a line as an event, in the words in which the provider would have told of it."""
    own = settings.MPESA_TILL or settings.MPESA_SHORTCODE
    body = {
        "TransactionType": "Statement",
        "TransID": line.receipt,
        "TransTime": f"{localtime(line.paid_at):%Y%m%d%H%M%S}",
        "TransAmount": f"{line.amount:.2f}",
        "BusinessShortCode": "" if statement.kind == BANK else own,
        "BillRefNumber": line.reference,
        "FirstName": line.payer,
        "Statement": statement.filename,
        "Line": line.line,
    }
    event = ProviderEvent.objects.create(
        provider=BANK_TRANSFER if statement.kind == BANK else MPESA,
        kind=ProviderEvent.Kind.STATEMENT,
        body=json.dumps(body, ensure_ascii=False, indent=1),
        about=line.receipt,
    )
    enqueue_after_commit(APPLY, event.pk)
    return event


def forget_compared_statements() -> None:
    """Delete files that were compared and never applied. Safe to run twice."""
    old = StatementImport.objects.filter(
        state=StatementImport.State.COMPARED, created_at__lt=now() - COMPARED_KEPT
    )
    old.delete()
