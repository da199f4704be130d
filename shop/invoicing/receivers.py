"""What becomes of documents when something happens to an order, a refund or a customer."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from shop.customers.signals import Traces, person_asks, person_leaves
from shop.invoicing.actions import forget_buyers, issue_credit_note, issue_due_invoice
from shop.invoicing.actions.invoice import method_label
from shop.invoicing.queries import documents_kept_about, overpaid_before
from shop.orders.models import Order
from shop.payments.models import Payment, Refund
from shop.payments.signals import refund_done


@receiver(post_save, sender=Order, dispatch_uid="invoice_of_an_order")
def issue_what_is_due(instance: Order, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """An order that was paid or handed over gets its invoice in the same transaction."""
    if not raw and not created:
        issue_due_invoice(instance)


@receiver(refund_done, dispatch_uid="credit_note_of_a_refund")
def credit_what_went_back(refund: Refund, **kwargs: Any) -> None:
    """Money that went back of an order's own payment is credited; a double one was never sold.

    Neither was what came on top of the price, or what an order costs less since it was changed.
    """
    payment = refund.payment
    if payment.order_id is None or payment.state != Payment.State.PAID:
        return
    amount = refund.amount - min(overpaid_before(refund), refund.amount)
    if not amount:
        return
    issue_credit_note(
        order_id=payment.order_id,
        cause=f"refund:{refund.pk}",
        amount=amount,
        units={line.order_line_id: line.quantity for line in refund.lines.all()},
        settlement={
            "method": payment.method,
            "label": method_label(payment.method),
            "reference": refund.receipt or refund.reference,
            "amount": f"{refund.amount:.2f}",
            "at": (refund.done_at or refund.updated_at).isoformat(),
        },
    )


@receiver(person_leaves, dispatch_uid="buyers_who_leave_documents")
def forget_who_leaves(traces: Traces, **kwargs: Any) -> None:
    """The law wants the buyer on documents until orders come here without an account."""
    if traces.user_id is None:
        forget_buyers(order_ids=traces.order_ids)


@receiver(person_asks, dispatch_uid="documents_of_who_asks")
def tell_who_asks(user: Any, **kwargs: Any) -> dict[str, Any]:
    """What was issued to a customer."""
    return {"tax_documents": documents_kept_about(user)}
