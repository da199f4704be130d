"""Shapes of payments."""

from rest_framework import serializers as s

from shop.api.schema.shapes.basics import Shape, money
from shop.payments.models import Payment, Refund


class PaidOrderShape(Shape):
    """The order that is paid."""

    id = s.IntegerField()
    number = s.CharField()
    detail_url = s.URLField()


class PaymentAttemptShape(Shape):
    """One attempt to pay an order."""

    id = s.IntegerField()
    order = PaidOrderShape(allow_null=True, help_text="Null: money that nobody could place yet")
    method = s.CharField()
    status = s.ChoiceField(Payment.State.choices)
    amount = money()
    refunded = money(help_text="What went back of it, or is to go back")
    currency = s.CharField()
    redirect_url = s.URLField(
        help_text="Where the payer goes to pay by card, once its page is made", allow_blank=True
    )
    phone = s.CharField(
        help_text="Who was asked to pay; in full for the order's owner and staff", allow_blank=True
    )
    reference = s.CharField(help_text="The receipt, once paid", allow_blank=True)
    receipt = s.CharField(help_text="M-Pesa's receipt, once paid", allow_blank=True)
    reason_code = s.CharField(help_text="The provider's code, or ours", allow_blank=True)
    reason = s.CharField(
        help_text="Why it failed or waits, in words for the payer", allow_blank=True
    )
    created_at = s.DateTimeField()
    updated_at = s.DateTimeField()


class RefundLineShape(Shape):
    """Units for which money goes back."""

    id = s.IntegerField(help_text="Of the order's line")
    sku = s.CharField()
    quantity = s.IntegerField()
    amount = money()
    restocked = s.BooleanField()


class RefundShape(Shape):
    """Money on its way back."""

    id = s.IntegerField()
    payment = s.IntegerField()
    status = s.ChoiceField(Refund.State.choices)
    amount = money()
    currency = s.CharField()
    reason = s.CharField(allow_blank=True)
    reference = s.CharField(help_text="Where the money can be found", allow_blank=True)
    problem = s.CharField(help_text="Why it failed or waits for people", allow_blank=True)
    lines = RefundLineShape(many=True)
    created_at = s.DateTimeField()
    done_at = s.DateTimeField(allow_null=True)


class PaymentMethodShape(Shape):
    """A way to pay."""

    code = s.CharField(help_text="What orders and payments name it by")
    label = s.CharField()  # type: ignore[assignment]
    description = s.CharField()
