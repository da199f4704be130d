"""Give an account the phone number that its owner has just proved."""

from typing import Any

from django.db import IntegrityError, transaction

from shop.core.errors import Conflict
from shop.customers.models import User
from shop.flows.claim_orders import claim_orders


class PhoneTaken(Conflict):
    """Another account proved this number."""

    def __init__(self) -> None:
        super().__init__(
            "phone_taken", "This phone number belongs to another account.", field="phone"
        )


@transaction.atomic
def prove_phone(user: Any, phone: str) -> None:
    """Note a proved number (E.164), and join the orders that were placed with it.

    An account that has the number without having proved it loses it: who holds the phone counts.
    Raises PhoneTaken.
    """
    holder = User.objects.select_for_update().filter(phone=phone).exclude(pk=user.pk).first()
    if holder is not None and holder.phone_verified:
        raise PhoneTaken
    if holder is not None:
        holder.phone = None
        holder.save(update_fields=["phone"])
    user.phone, user.phone_verified = phone, True
    try:
        with transaction.atomic():
            user.save(update_fields=["phone", "phone_verified"])
    except IntegrityError as error:
        raise PhoneTaken from error  # proved elsewhere at this very moment
    claim_orders(user)
