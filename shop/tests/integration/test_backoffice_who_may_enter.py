"""The admin is entered through the shop's login, by those who have the right."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from shop.customers.models import User

pytestmark = pytest.mark.django_db

OURS = (
    "products:list", "products:add", "orders_order_modeladmin_index", "catalogue_imports",
    "payments_payment_modeladmin_index", "notifications_message_modeladmin_index",
    "inventory_movement_modeladmin_index", "message_texts:index", "vat_rates:index",
    "delivery_zones:index", "delivery_methods:index",
)  # fmt: skip


@pytest.mark.parametrize("name", OURS)
def test_a_stranger_is_sent_to_the_shops_login(client: Client, shop_site: Any, name: str) -> None:
    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert answer["Location"] == f"/admin/login/?next={reverse(name)}"
    login = client.get(answer["Location"])
    assert login["Location"].startswith(reverse("account_login"))


def test_the_old_login_address_leads_to_the_shops(client: Client, shop_site: Any) -> None:
    answer = client.get("/admin/login/?next=/admin/products/")

    assert answer["Location"] == f"{reverse('account_login')}?next=%2Fadmin%2Fproducts%2F"


def test_a_customer_is_refused_clearly(client: Client, shop_site: Any) -> None:
    client.force_login(User.objects.create_user("buyer", "buyer@example.org", "x"))

    answer = client.get(reverse("products:list"), follow=True)

    assert answer.status_code == 403
    assert "This door is for staff" in answer.content.decode()


@pytest.mark.parametrize("name", OURS)
def test_each_screen_asks_for_its_own_right(client: Client, shop_site: Any, name: str) -> None:
    clerk = User.objects.create_user("clerk", "clerk@example.org", "x")
    clerk.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(clerk)

    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert answer["Location"] == "/admin/"


def test_the_menu_shows_what_one_may_do(client: Client, admin_client: Client) -> None:
    clerk = User.objects.create_user("clerk", "clerk@example.org", "x")
    clerk.user_permissions.add(
        Permission.objects.get(codename="access_admin"),
        Permission.objects.get(codename="view_order"),
    )
    client.force_login(clerk)

    assert reverse("products:list") not in client.get("/admin/").content.decode()
    assert reverse("orders_order_modeladmin_index") in client.get("/admin/").content.decode()
    assert reverse("products:list") in admin_client.get("/admin/").content.decode()
