"""One customer in many tabs at once: limits hold, one default, no order without its buyer."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection

from shop.core.errors import ShopError
from shop.customers import actions
from shop.customers.models import User
from shop.customers.rules import MOST_ADDRESSES
from shop.flows.erase_customer import erase_customer
from shop.flows.place_order import Purchase, place_order
from shop.orders.contact import Contact
from shop.orders.models import Order
from shop.tests.factories import first_variant, make_product, make_site

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def attempt(work: Any, *args: Any, **kwargs: Any) -> str:
    try:
        work(*args, **kwargs)
    except ShopError as refusal:
        return refusal.code
    except IntegrityError:
        return "too_late"
    finally:
        connection.close()
    return "done"


def test_an_address_book_stays_within_its_limit_with_one_default() -> None:
    user = User.objects.create_user("wanjiku")

    def add(number: int) -> str:
        return attempt(
            actions.save_address, user, county="Nairobi", area=str(number), is_default=True
        )

    with ThreadPoolExecutor(8) as pool:
        answers = Counter(pool.map(add, range(MOST_ADDRESSES + 8)))
    assert answers == {"done": MOST_ADDRESSES, "address_book_full": 8}
    assert user.addresses.filter(is_default=True).count() == 1


def test_a_heart_pressed_twice_is_one_wish() -> None:
    make_site()
    user, pot = User.objects.create_user("wanjiku"), make_product("Pot")
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _n: attempt(actions.add_wish, user, pot.pk), range(16)))
    assert answers == {"done"}
    assert user.wishes.count() == 1


def test_an_order_placed_while_its_buyer_leaves_is_somebodys_or_nobodys() -> None:
    make_site()
    demand = {first_variant(make_product("Pot", stock=100)).pk: 1}
    for number in range(8):
        user = User.objects.create_user(f"wanjiku {number}")
        purchase = Purchase(Contact("Wanjiku", "0712 345 678"), delivery_method="pickup", user=user)
        with ThreadPoolExecutor(2) as pool:
            placing = pool.submit(attempt, place_order, demand, purchase)
            leaving = pool.submit(attempt, erase_customer, user)
            outcome = (placing.result(), leaving.result())
        assert outcome in {("done", "order_on_its_way"), ("too_late", "done")}
    assert not Order.objects.filter(user=None).exists()
