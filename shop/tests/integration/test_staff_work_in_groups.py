"""A new install has the groups that people of a shop work in, with the rights of their work."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page

from shop.customers.models import User
from shop.tests.factories import make_category, make_product
from shop.tests.order_factories import make_order

pytestmark = pytest.mark.django_db

ROLES = ("Support", "Editors", "Catalogue managers", "Order desk", "Managers")


@pytest.fixture
def worker(client, shop_site):
    """Log somebody in who works in one group."""

    def enter(role):
        person = User.objects.create_user(role.lower().replace(" ", "-"))
        person.groups.add(Group.objects.get(name=role))
        client.force_login(person)
        return person

    return enter


@pytest.mark.parametrize("role", ROLES)
def test_everybody_of_staff_gets_in(client, worker, role):
    worker(role)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


def opens(client, address):
    return client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("role", "orders", "products", "stock", "files", "rates", "users"),
    [
        ("Support", True, True, False, False, False, False),
        ("Editors", False, True, False, False, False, False),
        ("Catalogue managers", False, True, True, True, False, False),
        ("Order desk", True, True, False, False, False, False),
        ("Managers", True, True, True, True, True, False),
    ],
)
def test_what_each_group_opens(client, worker, role, orders, products, stock, files, rates, users):
    mango, order = make_product("Mango", stock=3), make_order()
    person = worker(role)
    assert opens(client, reverse("orders_order_modeladmin_index")) is orders
    assert opens(client, reverse("orders_order_modeladmin_inspect", args=[order.pk])) is orders
    assert opens(client, reverse("products:list")) is products
    assert opens(client, reverse("stock", args=[mango.pk])) is stock
    assert opens(client, reverse("catalogue_imports")) is files
    assert person.has_perm("pricing.change_taxrate") is rates
    assert person.has_perm("customers.change_user") is users


@pytest.mark.parametrize(
    ("role", "writes", "publishes"),
    [
        ("Support", False, False),
        ("Editors", True, False),
        ("Catalogue managers", True, True),
        ("Order desk", False, False),
        ("Managers", True, True),
    ],
)
def test_who_writes_and_who_publishes_products(client, worker, role, writes, publishes):
    person = worker(role)
    mango = make_product("Mango")
    assert opens(client, reverse("products:edit", args=[mango.pk])) is writes
    assert person.has_perm("catalog.publish_product") is publishes


@pytest.mark.parametrize(
    ("role", "home", "shelf"),
    [
        ("Support", (False, False), (False, False)),
        ("Editors", (True, False), (True, False)),
        ("Moderators", (True, True), (True, True)),
        ("Catalogue managers", (False, False), (True, True)),
        ("Managers", (True, True), (True, True)),
    ],
)
def test_who_writes_and_who_publishes_pages(worker, shop_site, role, home, shelf):
    person = worker(role)
    for page, (writes, publishes) in ((shop_site.home, home), (make_category("Fruits"), shelf)):
        rights = Page.objects.get(pk=page.pk).permissions_for_user(person)
        assert (rights.can_edit(), rights.can_publish()) == (writes, publishes)


def test_an_order_desk_moves_orders_and_support_only_reads(client, worker):
    order = make_order()
    step = reverse("order_step", args=[order.pk, "confirmed"])
    worker("Support")
    assert client.post(step).status_code in (302, 403)
    order.refresh_from_db()
    assert order.status == "placed"
    worker("Order desk")
    client.post(step)
    order.refresh_from_db()
    assert order.status == "confirmed"


def test_pictures_are_added_by_who_keeps_the_catalogue(client, worker):
    for role, status in (("Support", False), ("Catalogue managers", True), ("Editors", True)):
        worker(role)
        assert opens(client, reverse("wagtailimages:add_multiple")) is status
