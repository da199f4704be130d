"""A customer keeps addresses, answers and wishes; each stays within its limits."""

from datetime import UTC, datetime
from typing import Any

import pytest

from shop.core.clock import fixed
from shop.core.errors import Conflict, NotFound, ShopError
from shop.customers import actions, queries
from shop.customers.models import Consent, User
from shop.customers.rules import MOST_ADDRESSES, MOST_WISHES
from shop.tests.factories import make_category, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def wanjiku() -> User:
    return User.objects.create_user("wanjiku", "wanjiku@example.org", "a long walk")


@pytest.fixture
def otieno() -> User:
    return User.objects.create_user("otieno", "otieno@example.org", "a long swim")


def place(area: str, **fields: Any) -> dict[str, Any]:
    return {"county": "Nairobi", "area": area, **fields}


def book(user: User) -> list[tuple[str, bool]]:
    return [(address.area, address.is_default) for address in queries.addresses_of(user)]


def test_the_first_address_is_the_default_until_another_takes_its_place(wanjiku: User) -> None:
    home = actions.save_address(wanjiku, **place("Kilimani"))
    office = actions.save_address(wanjiku, **place("Westlands"))
    assert book(wanjiku) == [("Kilimani", True), ("Westlands", False)]
    actions.save_address(wanjiku, address_id=office.pk, **place("Upper Hill", is_default=True))
    assert book(wanjiku) == [("Upper Hill", True), ("Kilimani", False)]
    actions.save_address(wanjiku, address_id=office.pk, **place("Upper Hill", is_default=False))
    assert book(wanjiku)[0] == ("Upper Hill", True), "there is no book without a default"
    actions.delete_address(wanjiku, office.pk)
    assert book(wanjiku) == [("Kilimani", True)]
    actions.delete_address(wanjiku, home.pk)
    assert book(wanjiku) == []


def test_an_address_needs_a_county_and_readable_words(wanjiku: User) -> None:
    with pytest.raises(ShopError) as refused:
        actions.save_address(wanjiku, county=" ", area="x" * 121, landmark="by the \x00 gate")
    assert [(entry["field"], entry["code"]) for entry in refused.value.details] == [
        ("county", "required"),
        ("area", "too_long"),
        ("landmark", "invalid"),
    ]
    assert book(wanjiku) == []


def test_an_address_book_is_its_owners_alone(wanjiku: User, otieno: User) -> None:
    home = actions.save_address(wanjiku, **place("Kilimani"))
    with pytest.raises(NotFound):
        actions.save_address(otieno, address_id=home.pk, **place("Mine now"))
    with pytest.raises(NotFound):
        actions.delete_address(otieno, home.pk)
    assert book(wanjiku) == [("Kilimani", True)]


def test_an_address_book_has_an_end(wanjiku: User) -> None:
    for number in range(MOST_ADDRESSES):
        last = actions.save_address(wanjiku, **place(f"Area {number}"))
    with pytest.raises(Conflict) as refused:
        actions.save_address(wanjiku, **place("One more"))
    assert refused.value.code == "address_book_full"
    actions.save_address(wanjiku, address_id=last.pk, **place("Changed"))


def test_unasked_people_hear_of_their_orders_and_get_no_offers(wanjiku: User) -> None:
    assert queries.consents_of(wanjiku) == {
        "order_sms": True,
        "order_email": True,
        "marketing_sms": False,
        "marketing_email": False,
    }


def test_answers_are_added_never_changed(wanjiku: User) -> None:
    for day, given in ((1, True), (2, True), (3, False)):
        with fixed(datetime(2026, 3, day, tzinfo=UTC)):
            actions.set_consent(wanjiku, purpose="marketing_sms", given=given, source=f"day {day}")
    assert queries.consents_of(wanjiku)["marketing_sms"] is False
    history = queries.consent_history(wanjiku)
    assert [(answer.given, answer.created_at.day, answer.source) for answer in history] == [
        (False, 3, "day 3"),
        (True, 1, "day 1"),
    ]


def test_an_unknown_purpose_is_refused(wanjiku: User) -> None:
    with pytest.raises(ShopError) as refused:
        actions.set_consent(wanjiku, purpose="selling_my_number", given=True, source="api")
    assert refused.value.field == "purpose"
    assert not Consent.objects.exists()


def test_a_wish_is_added_and_removed_as_often_as_one_likes(wanjiku: User) -> None:
    pot, pan = make_product("Pot"), make_product("Pan")
    for _twice in range(2):
        actions.add_wish(wanjiku, pot.pk)
    actions.add_wish(wanjiku, pan.pk)
    assert queries.wished_product_ids(wanjiku) == [pan.pk, pot.pk]
    for _twice in range(2):
        actions.remove_wish(wanjiku, pot.pk)
    assert queries.wished_product_ids(wanjiku) == [pan.pk]


def test_a_wishlist_shows_only_what_shoppers_may_see(wanjiku: User, shop_site: Any) -> None:
    hidden = make_category("Hidden", live=False)
    for refused in (make_product(live=False).pk, make_product(categories=[hidden]).pk, 987_654):
        with pytest.raises(NotFound):
            actions.add_wish(wanjiku, refused)
    pot = make_product("Pot")
    actions.add_wish(wanjiku, pot.pk)
    pot.unpublish()
    assert queries.wished_product_ids(wanjiku) == []
    pot.save_revision().publish()
    assert queries.wished_product_ids(wanjiku) == [pot.pk], "the wish waits for the product"


def test_a_wishlist_has_an_end(wanjiku: User) -> None:
    first = make_product()
    wanjiku.wishes.model.objects.bulk_create(
        wanjiku.wishes.model(user=wanjiku, product=make_product()) for _ in range(MOST_WISHES)
    )
    with pytest.raises(Conflict) as refused:
        actions.add_wish(wanjiku, first.pk)
    assert refused.value.code == "wishlist_full"


def test_a_name_is_tidied_and_checked(wanjiku: User) -> None:
    actions.update_profile(wanjiku, first_name="  Wanjiku ", last_name="wa  Kamau")
    wanjiku.refresh_from_db()
    assert wanjiku.get_full_name() == "Wanjiku wa Kamau"
    with pytest.raises(ShopError) as refused:
        actions.update_profile(wanjiku, first_name="W\x00", last_name="x" * 151)
    assert {entry["field"] for entry in refused.value.details} == {"first_name", "last_name"}
