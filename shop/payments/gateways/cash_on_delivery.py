"""Pay when the parcel arrives."""

from shop.payments.models import Payment


class CashOnDelivery:
    """The rider takes cash or M-Pesa at the door; people confirm the money in the admin."""

    code = "cash_on_delivery"
    label = "Pay on delivery"
    description = "Cash or M-Pesa when your parcel arrives"

    def start(self, payment: Payment) -> None:
        """Leave the payment pending until somebody confirms the money."""
