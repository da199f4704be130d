"""Ways to pay, and attempts to pay."""

from shop.api.payments.input import PaymentInput, RefundInput
from shop.api.schema.operation import ID, ONCE, PAGING, TOKEN, Operation, Table, choice, reads
from shop.api.schema.shapes import payments as shapes
from shop.api.schema.shapes.basics import page
from shop.payments.models import Payment

FILTERS = {
    "order": (ID, "Of the order with this id"),
    "status": (choice(Payment.State.values), "Only these"),
}

OPERATIONS: Table = {
    ("GET", "payments/"): reads(page(shapes.PaymentAttemptShape), {**PAGING, **FILTERS, **TOKEN}),
    ("POST", "payments/"): Operation(
        {200: shapes.PaymentAttemptShape, 201: shapes.PaymentAttemptShape},
        TOKEN,
        headers=ONCE,
        body=PaymentInput,
        errors={404, 409},
    ),
    ("GET", "payments/methods/"): reads(page(shapes.PaymentMethodShape)),
    ("GET", "payments/{payment_id}/"): reads(shapes.PaymentAttemptShape, TOKEN),
    ("GET", "payments/{payment_id}/refund/"): reads(page(shapes.RefundShape), TOKEN),
    ("POST", "payments/{payment_id}/refund/"): Operation(
        {201: shapes.RefundShape}, headers=ONCE, body=RefundInput, public=False, errors={404, 409}
    ),
}
