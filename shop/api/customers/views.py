"""The addresses of a customer's own things."""

from typing import Any, ClassVar, cast

from django.contrib.auth import logout
from django.db import transaction
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from shop.api.customers.answers import address_answer, consent_answers, profile_answer
from shop.api.customers.input import (
    BookedAddressChangesInput,
    BookedAddressInput,
    ConsentInput,
    ConsentsInput,
    ProfileChangesInput,
    ProfileInput,
)
from shop.api.door import ApiView
from shop.api.errors import missing, wrong
from shop.api.idempotency import idempotent
from shop.api.orders.input import checked
from shop.api.paging import PAGING, read_window
from shop.api.words import refuse_unknown
from shop.customers import actions
from shop.customers.models import Address, User
from shop.customers.queries import addresses_of
from shop.flows.erase_customer import erase_customer
from shop.flows.export_customer import export_customer
from shop.orders.contact import parse_phone

SOURCE = "api"
PROFILE = dict.fromkeys(("GET", "POST", "PUT", "PATCH", "DELETE"), "profile")


class OwnView(ApiView):
    """An address that shows everybody their own."""

    permission_classes = [IsAuthenticated]
    scopes: ClassVar[dict[str, str]] = PROFILE

    @property
    def person(self) -> User:
        """Who asks; nobody without a name comes this far."""
        return cast(User, self.request.user)


class Me(OwnView):
    """Who asks."""

    def get(self, request: Request) -> Response:
        """Show the profile."""
        refuse_unknown(request.GET, ())
        return Response(profile_answer(self.person))

    def put(self, request: Request) -> Response:
        """Set the whole name."""
        return self._changed(request, checked(ProfileInput, request.data))

    def patch(self, request: Request) -> Response:
        """Change what is named."""
        return self._changed(request, checked(ProfileChangesInput, request.data))

    def delete(self, request: Request) -> Response:
        """Delete the account; finished orders stay for the books until the law lets them go."""
        erase_customer(self.person)
        logout(request._request)
        return Response(status=204)

    def _changed(self, request: Request, wish: dict[str, Any]) -> Response:
        user = self.person
        refuse_unproved(user, wish)
        changed = actions.update_profile(
            user,
            first_name=wish.get("first_name", user.first_name),
            last_name=wish.get("last_name", user.last_name),
        )
        return Response(profile_answer(changed))


def refuse_unproved(user: User, wish: dict[str, Any]) -> None:
    """Raise Refused for an email or phone that is not the present one."""
    email, phone = wish.get("email"), wish.get("phone")
    if email is not None and email.strip().casefold() != user.email.casefold():
        raise wrong(
            "email",
            "A new email address is proved first: /_allauth/app/v1/account/email.",
            "proof_needed",
        )
    if phone is not None and (parse_phone(phone) if phone else None) != user.phone:
        raise wrong(
            "phone",
            "A new phone number is proved first: /_allauth/app/v1/account/phone.",
            "proof_needed",
        )


class Addresses(OwnView):
    """The address book."""

    def get(self, request: Request) -> Response:
        """List addresses, the one offered first before the others."""
        refuse_unknown(request.GET, PAGING)
        offset, limit = read_window(request.GET)
        book = addresses_of(self.person)
        items = [address_answer(address) for address in book[offset : offset + limit]]
        return Response({"meta": {"total_count": book.count()}, "items": items})

    @idempotent
    def post(self, request: Request) -> Response:
        """Add an address."""
        wish = checked(BookedAddressInput, request.data)
        return Response(address_answer(actions.save_address(self.person, **wish)), status=201)


class AddressDetail(OwnView):
    """One address of the book."""

    def get(self, request: Request, address_id: int) -> Response:
        """Show an address."""
        return Response(address_answer(_own_address(request, address_id)))

    def put(self, request: Request, address_id: int) -> Response:
        """Write an address anew."""
        return _saved(request, address_id, checked(BookedAddressInput, request.data))

    def patch(self, request: Request, address_id: int) -> Response:
        """Change what is named of an address."""
        return _saved(request, address_id, checked(BookedAddressChangesInput, request.data))

    def delete(self, request: Request, address_id: int) -> Response:
        """Take an address out of the book."""
        _own_address(request, address_id)
        actions.delete_address(request.user, address_id)
        return Response(status=204)


def _own_address(request: Request, address_id: int) -> Address:
    address = addresses_of(request.user).filter(pk=address_id).first()
    if address is None:
        raise missing("There is no such address in your book.")
    return address


def _saved(request: Request, address_id: int, wish: dict[str, Any]) -> Response:
    now = _own_address(request, address_id)
    kept = {name: getattr(now, name) for name in BookedAddressInput._declared_fields}
    saved = actions.save_address(request.user, address_id=address_id, **{**kept, **wish})
    return Response(address_answer(saved))


class Consents(OwnView):
    """What the shop may send."""

    def get(self, request: Request) -> Response:
        """List each purpose with the answer that counts."""
        refuse_unknown(request.GET, ())
        return Response(consent_answers(self.person))

    @idempotent
    def post(self, request: Request) -> Response:
        """Answer for one purpose."""
        wish = checked(ConsentInput, request.data)
        actions.set_consent(self.person, **wish, source=SOURCE)
        return Response(consent_answers(self.person), status=201)

    @transaction.atomic
    def put(self, request: Request) -> Response:
        """Answer for several purposes at once: {"marketing_sms": true}."""
        for purpose, given in checked(ConsentsInput, request.data).items():
            actions.set_consent(self.person, purpose=purpose, given=given, source=SOURCE)
        return Response(consent_answers(self.person))


class Export(OwnView):
    """Everything that the shop keeps about somebody."""

    def get(self, request: Request) -> Response:
        """Hand all of it over, to be saved as a file."""
        refuse_unknown(request.GET, ())
        headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
        return Response(export_customer(self.person), headers=headers)
