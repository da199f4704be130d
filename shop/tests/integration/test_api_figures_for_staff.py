"""Staff read from another program how the shop is doing, who buys, and what runs out."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group

from shop.cart.models import Cart, CartLine
from shop.core.clock import fixed
from shop.customers.models import User
from shop.inventory.actions import reserve
from shop.notifications.models import Message
from shop.payments.models import Payment
from shop.tests.factories import first_variant, make_product
from shop.tests.integration.api_orders import customer
from shop.tests.order_factories import make_line, make_order

pytestmark = pytest.mark.django_db

DASHBOARD = "/api/v2/admin/dashboard/"
CUSTOMERS = "/api/v2/admin/customers/"
LOW = "/api/v2/admin/low-stock/"
# Half past midnight in Nairobi: yesterday still, where clocks show UTC.
NOW = datetime(2026, 3, 9, 21, 30, tzinfo=UTC)


@pytest.fixture
def manager(client, shop_site):
    person = User.objects.create_user("manager")
    person.groups.add(Group.objects.get(name="Managers"))
    client.force_login(person)
    return client


def order_of(price, *, days=0, hours=0, **fields):
    when = NOW - timedelta(days=days, hours=hours)
    line = make_line(quantity=1, price=price - 300)
    return make_order(lines=[line], placed_at=when, **fields)


def test_the_figures_of_the_shop(manager, django_assert_max_num_queries):
    order_of(1000)
    order_of(500, payment_status="paid", status="confirmed")
    order_of(700, hours=1, status="packed")
    order_of(900, days=6, status="shipped")
    order_of(2000, days=29, status="delivered", payment_status="paid")
    order_of(4000, days=31)
    order_of(8000, status="cancelled")
    order_of(8000, status="delivered", payment_status="refunded")
    make_product("Low", stock=3)
    make_product("Enough", stock=4)
    make_product("Uncounted")
    Message.objects.filter(channel="sms").update(state="failed")
    failed = Message.objects.filter(state="failed").count()
    assert failed
    left = Cart.objects.create().lines.create(name="Low", quantity=1, price_when_added=9)
    CartLine.objects.filter(pk=left.pk).update(created_at=NOW)
    make_product("Gone", stock=0)
    make_product("Not live", live=False)
    Payment.objects.create(method="mpesa", amount=5, currency="KES", state="review")
    manager.get(DASHBOARD)  # the first request notes its session
    with fixed(NOW), django_assert_max_num_queries(10):
        figures = manager.get(DASHBOARD).json()
    assert figures["periods"]["today"] == {
        "orders": 2,
        "revenue": "1500.00",
        "average_order": "750.00",
        "paid_orders": 1,
        "paid": "500.00",
        "unpaid_orders": 1,
        "unpaid": "1000.00",
        "carts_left": 1,
        "conversion": "66.7",
    }
    week, month = figures["periods"]["last_7_days"], figures["periods"]["last_30_days"]
    assert (week["orders"], week["revenue"], week["average_order"]) == (4, "3100.00", "775.00")
    assert (month["orders"], month["revenue"], month["paid"]) == (5, "5100.00", "2500.00")
    lists = {"periods", "sales_by_day", "best_sellers"}
    rest = {key: value for key, value in figures.items() if key not in lists}
    assert rest == {
        "currency": "KES",
        "to_confirm": 2,
        "to_pack": 1,
        "to_ship": 1,
        "on_their_way": 1,
        "failed_messages": failed,
        "low_stock": 2,
        "unpaid_too_long": 2,
        "unmatched_money": 1,
        "unbuyable_products": 1,
    }
    days = {day["date"]: day["revenue"] for day in figures["sales_by_day"]}
    assert len(days) == 30
    assert (days["2026-03-10"], days["2026-03-09"]) == ("1500.00", "700.00")
    assert sum(Decimal(revenue) for revenue in days.values()) == Decimal(month["revenue"])
    assert figures["best_sellers"][0]["revenue"] == "1700.00"
    assert len(figures["best_sellers"]) == 5


def test_a_shop_that_sold_nothing_has_figures_too(manager):
    today = manager.get(DASHBOARD).json()["periods"]["today"]
    assert (today["orders"], today["revenue"], today["average_order"]) == (0, "0.00", "0.00")


def test_customers_are_found_with_what_they_bought(manager, django_assert_max_num_queries):
    amina, brian = customer("amina"), customer("brian")
    amina.first_name, amina.last_name, amina.phone = "Amina", "Otieno", "+254712345678"
    amina.save()
    order_of(1000, user=amina)
    order_of(500, user=amina, days=2)
    order_of(8000, user=amina, status="cancelled")
    order_of(700, user=brian)
    for words in ("amina otieno", "AMINA@", "0712 345 678", "+254712345678", "2345678"):
        found = manager.get(CUSTOMERS, {"search": words}).json()
        assert [person["id"] for person in found["items"]] == [amina.pk], words
    assert found["items"][0] | {"joined_at": "", "last_order_at": ""} == {
        "id": amina.pk,
        "name": "Amina Otieno",
        "email": "amina@example.org",
        "phone": "+254712345678",
        "phone_verified": False,
        "is_active": True,
        "joined_at": "",
        "orders": 2,
        "spent": "1500.00",
        "currency": "KES",
        "last_order_at": "",
    }
    for number in range(20):
        order_of(400, user=customer(f"more-{number}"))
    with django_assert_max_num_queries(8):
        page = manager.get(CUSTOMERS, {"limit": 50}).json()
    assert page["meta"] == {"total_count": 23}
    assert [person["name"] for person in page["items"][-1:]] == [""]
    assert manager.get(CUSTOMERS, {"search": "nobody"}).json()["items"] == []


def test_what_runs_out_comes_emptiest_first(manager, django_assert_max_num_queries):
    make_product("Enough", stock=4)
    mango = make_product("Mango", sku="MG", stock=3)
    kale = make_product("Kale", stock=5, live=False)
    reserve(reference="1", demand={first_variant(kale).pk: 4}, skus={})
    gone = make_product("Gone", stock=0)
    gone_for_good = make_product("Deleted", stock=0)
    gone_for_good.delete()
    page = manager.get(LOW).json()
    assert page["meta"] == {"total_count": 3}
    assert [row["product"]["name"] for row in page["items"]] == ["Gone", "Kale", "Mango"]
    assert page["items"][2] == {
        "variant": first_variant(mango).pk,
        "sku": "MG",
        "options": {},
        "product": {
            "id": mango.pk,
            "name": "Mango",
            "live": True,
            "detail_url": f"https://shop.test/api/v2/products/{mango.pk}/",
        },
        "available": 3,
        "on_hand": 3,
        "reserved": 0,
        "threshold": 3,
    }
    kale_row = page["items"][1]
    assert (kale_row["available"], kale_row["reserved"]) == (1, 4)
    assert kale_row["product"]["live"] is False
    assert page["items"][0]["product"]["id"] == gone.pk
    for _ in range(20):
        make_product(stock=1)
    with django_assert_max_num_queries(7):
        assert len(manager.get(LOW, {"limit": 100}).json()["items"]) == 23
