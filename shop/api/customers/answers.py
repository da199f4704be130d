"""A customer as the API says it, to the customer."""

from typing import Any

from allauth.account.models import EmailAddress

from shop.customers.models import Address, Consent, User
from shop.customers.queries import consent_history, consents_of


def profile_answer(user: User) -> dict[str, Any]:
    """Return who somebody is: two statements."""
    proved = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True)
    return {
        "id": user.pk,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "email_verified": bool(user.email) and proved.exists(),
        "phone": str(user.phone) if user.phone else None,
        "phone_verified": user.phone_verified,
        "joined_at": user.date_joined,
        "consents": consents_of(user),
    }


def address_answer(address: Address) -> dict[str, Any]:
    """Return a place of an address book."""
    return {
        "id": address.pk,
        "label": address.label,
        "county": address.county,
        "area": address.area,
        "landmark": address.landmark,
        "is_default": address.is_default,
        "created_at": address.created_at,
    }


def consent_answers(user: User) -> dict[str, Any]:
    """Return what counts for each purpose, with the answer that made it so: two statements."""
    latest: dict[str, Consent] = {}
    for answer in consent_history(user):
        latest.setdefault(answer.purpose, answer)
    items = [
        {
            "purpose": purpose,
            "given": given,
            "answered_at": latest[purpose].created_at if purpose in latest else None,
            "source": latest[purpose].source if purpose in latest else None,
        }
        for purpose, given in consents_of(user).items()
    ]
    return {"meta": {"total_count": len(items)}, "items": items}
