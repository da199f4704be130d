"""Lock a customer out, and let them in again."""

from django.db import transaction

from shop.core.errors import Conflict
from shop.customers.models import User
from shop.flows.erase_customer import StaffAccount


@transaction.atomic
def deactivate_customer(*, user_id: int) -> User:
    """Close an account without deleting anything: sessions and tokens count no more at once.

    Orders go on, news stop. Raises StaffAccount, or Conflict for one that is closed.
    """
    person = User.objects.select_for_update().get(pk=user_id)
    if person.is_staff or person.is_superuser or person.get_all_permissions():
        raise StaffAccount
    if not person.is_active:
        raise Conflict("already_inactive", "This account is closed already.")
    person.is_active = False
    person.save(update_fields=["is_active"])
    return person


@transaction.atomic
def reactivate_customer(*, user_id: int) -> User:
    """Open an account again. Raises Conflict for one that is open."""
    person = User.objects.select_for_update().get(pk=user_id)
    if person.is_active:
        raise Conflict("already_active", "This account is open.")
    person.is_active = True
    person.save(update_fields=["is_active"])
    return person
