"""What tests of refunds share: Daraja's word on one, and how things stand after it."""

from shop.inventory.models import StockLevel
from shop.inventory.queries import ledger_problems
from shop.tests import mpesa
from shop.tests.fakes import daraja


def told(refund, code=0, status=200, late="", **fields):
    """Post what became of a refund to its own address, and let the worker apply it."""
    refund.refresh_from_db()
    usual = {"amount": str(refund.amount), "receipt": f"SGR{refund.pk:07}"}
    body = daraja.reversal(refund.provider_id or "AG_early", code, **{**usual, **fields})
    from_daraja(refund, body, late=late, status=status)
    refund.refresh_from_db()


def from_daraja(refund, body, *, late="", status=200):
    mpesa.forget_queue()
    mpesa.tell_only(refund, body, status, late=late)
    mpesa.work()


def shelf(pot):
    level = StockLevel.objects.get(pk=pot.pk)
    assert ledger_problems() == []
    return level.on_hand, level.reserved


def stands(order):
    order.refresh_from_db()
    return order.payment_status
