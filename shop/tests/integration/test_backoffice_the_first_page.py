"""Whoever comes to work sees on the first page what needs a hand, and how the shop is doing."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from shop.core.clock import now
from shop.customers.models import User
from shop.tests.factories import make_product
from shop.tests.order_factories import make_line, make_order

pytestmark = pytest.mark.django_db


def first_page(role: str) -> str:
    person = User.objects.create_user(role)
    person.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(person)
    answer = client.get("/admin/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_what_needs_a_hand_leads_there(shop_site: Any) -> None:
    make_order(lines=[make_line("Sisal <basket>", 3, 400)])
    make_order(status="confirmed", placed_at=now() - timedelta(days=4))
    make_product("Pot", stock=0)
    page = first_page("Managers")
    orders = "/admin/orders/order/?"
    assert f'<a href="{orders}status__exact=placed"><strong>1</strong> to confirm</a>' in page
    assert f'<a href="{orders}status__exact=confirmed"><strong>1</strong> to pack</a>' in page
    assert "<strong>1</strong> unpaid for three days" in page
    assert "<strong>1</strong> published, but nobody can buy them" in page
    assert "to send off" not in page, "what is done is not named"
    assert "Sisal &lt;basket&gt;" in page
    assert "KSh 1,500" in page
    assert 'aria-label="Revenue of the last 30 days"' in page


def test_an_empty_shop_has_a_first_page(shop_site: Any) -> None:
    assert "Nothing waits for you." in first_page("Managers")


def test_who_sees_no_orders_sees_no_figures(shop_site: Any) -> None:
    make_order()
    page = first_page("Editors")
    assert "shop-home" not in page


def test_support_is_not_led_where_it_may_not_go(shop_site: Any) -> None:
    make_order()
    make_product("Pot", stock=0)
    page = first_page("Catalogue managers")
    assert "to confirm" not in page
