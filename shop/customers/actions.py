"""What customers do with what the shop keeps about them."""

from typing import Any

from django.db import transaction

from shop.catalog.models import Product
from shop.core.errors import Conflict, NotFound, ShopError
from shop.core.fields import FieldProblems, missing, unreadable
from shop.customers.models import Address, Consent, CustomerNote, User, WishlistItem
from shop.customers.rules import MOST_ADDRESSES, MOST_WISHES, UNASKED

NAME_LIMITS = {"first_name": 150, "last_name": 150}
ADDRESS_LIMITS = {"label": 40, "county": 80, "area": 120, "landmark": 200}
MOST_SOURCE = 40
LONGEST_NOTE = 1000


def _tidy(values: dict[str, str]) -> dict[str, str]:
    return {field: " ".join(text.split()) for field, text in values.items()}


def update_profile(user: Any, *, first_name: str, last_name: str) -> User:
    """Change how the shop calls a customer.

    Raises FieldProblems.
    """
    names = _tidy({"first_name": first_name, "last_name": last_name})
    problems = list(unreadable(names, NAME_LIMITS))
    if problems:
        raise FieldProblems(problems)
    user.first_name, user.last_name = names["first_name"], names["last_name"]
    user.save(update_fields=["first_name", "last_name"])
    person: User = user
    return person


@transaction.atomic
def save_address(
    user: Any,
    *,
    address_id: int | None = None,
    label: str = "",
    county: str,
    area: str = "",
    landmark: str = "",
    is_default: bool = False,
) -> Address:
    """Write a new address, or change one of the customer's own.

    While there are addresses one of them is the default: the first one is, and it stays so until
    another one takes its place. Raises FieldProblems, NotFound, or Conflict `address_book_full`.
    """
    words = _tidy({"label": label, "county": county, "area": area, "landmark": landmark})
    problems = [
        *missing(words, {"county": "Tell us the county or town."}),
        *unreadable(words, ADDRESS_LIMITS),
    ]
    if problems:
        raise FieldProblems(problems)
    _hold(user)
    if address_id is not None:
        address = _own_address(user, address_id)
    elif user.addresses.count() >= MOST_ADDRESSES:
        raise Conflict("address_book_full", f"An address book holds {MOST_ADDRESSES} addresses.")
    else:
        address = Address(user=user)
    others = user.addresses.filter(is_default=True).exclude(pk=address.pk)
    if is_default:
        others.update(is_default=False)
    for field, text in words.items():
        setattr(address, field, text)
    address.is_default = is_default or not others.exists()
    address.save()
    return address


@transaction.atomic
def delete_address(user: Any, address_id: int) -> None:
    """Take an address out of the book; the newest one left is the default where this one was.

    Raises NotFound.
    """
    _hold(user)
    address = _own_address(user, address_id)
    address.delete()
    if address.is_default:
        following = user.addresses.order_by("-pk").first()
        if following is not None:
            following.is_default = True
            following.save(update_fields=["is_default"])


def _hold(user: Any) -> None:
    """Let one request at a time change what a customer has: limits and the default stay true."""
    User.objects.select_for_update().get(pk=user.pk)


def _own_address(user: Any, address_id: int) -> Address:
    address: Address | None = user.addresses.filter(pk=address_id).first()
    if address is None:
        raise NotFound("address_not_found", "There is no such address in your book.")
    return address


@transaction.atomic
def set_consent(user: Any, *, purpose: str, given: bool, source: str) -> Consent:
    """Note an answer with its time and where it was asked; the same answer again adds nothing.

    Raises ShopError `unknown_purpose`.
    """
    if purpose not in UNASKED:
        raise ShopError("unknown_purpose", f"Purposes are: {', '.join(UNASKED)}.", field="purpose")
    _hold(user)
    latest: Consent | None = user.consents.filter(purpose=purpose).order_by("-pk").first()
    if latest is not None and latest.given == given:
        return latest
    return Consent.objects.create(
        user=user, purpose=purpose, given=given, source=source[:MOST_SOURCE]
    )


@transaction.atomic
def add_wish(user: Any, product_id: int) -> WishlistItem:
    """Put a product that shoppers may see on the wishlist; one that is there stays there.

    Raises NotFound `product_not_found` or Conflict `wishlist_full`.
    """
    if not Product.objects.live().filter(pk=product_id).exists():
        raise NotFound("product_not_found", "This product is not for sale.", field="product")
    _hold(user)
    wish: WishlistItem | None = user.wishes.filter(product_id=product_id).first()
    if wish is None:
        if user.wishes.count() >= MOST_WISHES:
            raise Conflict("wishlist_full", f"A wishlist holds {MOST_WISHES} products.")
        wish = WishlistItem.objects.create(user=user, product_id=product_id)
    return wish


def remove_wish(user: Any, product_id: int) -> None:
    """Take a product off the wishlist; one that is not on it is no error."""
    user.wishes.filter(product_id=product_id).delete()


@transaction.atomic
def empty_account(user: Any) -> None:
    """Take out what was written into an account before its owner came: it is somebody else's."""
    user.addresses.all().delete()
    user.wishes.all().delete()
    user.consents.all().delete()


def write_note(user: Any, *, text: str, actor: str) -> CustomerNote:
    """Note something about a customer for other staff. Raises ShopError `empty_note`."""
    text = text.strip()[:LONGEST_NOTE]
    if not text:
        raise ShopError("empty_note", "Write something first.", field="text")
    return CustomerNote.objects.create(user=user, text=text, actor=actor[:150])
