"""Who sees a payment: the order's buyer, the holder of its token, staff."""

from django.utils.crypto import constant_time_compare
from rest_framework.request import Request

from shop.api.permissions import sees_all_payments
from shop.payments.models import Payment


def may_see(request: Request, payment: Payment) -> bool:
    """Tell whether the caller may read a payment, its order loaded."""
    order, user = payment.order, request.user
    if order is None:
        return sees_all_payments(user)
    return (
        sees_all_payments(user)
        or (user.is_authenticated and order.user_id == user.pk)
        or constant_time_compare(request.GET.get("token", ""), order.token)
    )
