"""Tables of payments: one model a file."""

from shop.payments.models.payment import Payment
from shop.payments.models.provider_event import ProviderEvent
from shop.payments.models.refund import Refund, RefundLine
from shop.payments.models.review_step import ReviewStep
from shop.payments.models.statement import OutgoingLine, StatementImport, StatementLine

__all__ = [
    "OutgoingLine",
    "Payment",
    "ProviderEvent",
    "Refund",
    "RefundLine",
    "ReviewStep",
    "StatementImport",
    "StatementLine",
]
