"""Give back the goods of orders that should have been paid at once and were not."""

import logging
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from shop.core.clock import now
from shop.core.errors import Conflict
from shop.flows.cancel_order import cancel_order
from shop.orders import rules
from shop.orders.models import Order
from shop.payments.gateways import GATEWAYS
from shop.payments.gateways.bank_transfer import CODE as BANK
from shop.payments.models import Payment

logger = logging.getLogger(__name__)

ORDERS_A_RUN = 200
NOTE = "Not paid in time"


def release_unpaid_orders() -> int:
    """Cancel what nobody paid in UNPAID_ORDER_MINUTES; returns how many. Safe to run twice.

    An order stays while a payment is open or was tried within that time, where money came that
    people must look at, and where it is paid on delivery. A bank transfer is waited for as many
    days as BANK_TRANSFER_DAYS says.
    """
    minutes = settings.UNPAID_ORDER_MINUTES
    if not minutes:
        return 0
    before = now() - timedelta(minutes=minutes)
    ways = [code for code, way in GATEWAYS.items() if way.pays_first]
    payments = Payment.objects.filter(order=OuterRef("pk"))
    state = Payment.State
    # Also a payment at the door that was agreed first: M-Pesa was only tried.
    speaks_for_it = payments.exclude(_waited_for_too_long()).filter(
        Q(state__in=[state.PENDING, state.PAID, state.REVIEW])
        | Q(updated_at__gt=before)
        | ~Q(method__in=ways)
    )
    due = Order.objects.filter(
        ~Exists(speaks_for_it),
        Exists(payments),
        status=rules.PLACED,
        payment_status=Order.PaymentStatus.UNPAID,
        payment_method__in=ways,
        placed_at__lt=before,
    )
    released = 0
    for order_id in list(due.order_by("placed_at").values_list("pk", flat=True)[:ORDERS_A_RUN]):
        # Money or a prompt that came since we looked keeps the order.
        with suppress(Conflict):
            cancel_order(order_id=order_id, note=NOTE, only_unpaid=True)
            released += 1
    if released:
        logger.info("%s unpaid orders gave their goods back", released)
    return released


def _waited_for_too_long() -> Q:
    """Describe transfers that nobody saw in time; they speak for no order any more."""
    if not settings.BANK_TRANSFER_DAYS:
        return Q(pk=None)
    before = now() - timedelta(days=settings.BANK_TRANSFER_DAYS)
    return Q(method=BANK, state=Payment.State.PENDING, created_at__lt=before)
