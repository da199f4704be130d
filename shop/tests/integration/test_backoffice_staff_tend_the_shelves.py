"""Prices by category, the order on a shelf, and what a move or an end would change."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from shop.catalog.models import CatalogueSettings, CategoryPage, Listing, Product, ShelfPlace
from shop.catalog.tasks import see_to_sold_out
from shop.customers.models import User
from shop.inventory.actions import reserve, set_on_hand
from shop.notifications.models import Message
from shop.notifications.tasks import tell_of_dips
from shop.tests.factories import first_variant, make_category_path, make_product
from shop.tests.integration.catalogue_imports import paths_of
from shop.tests.truth import assert_lists_are_true

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shop_site")]

TOOLS = "/admin/category-tools/"


@pytest.fixture
def kitchen() -> CategoryPage:
    return make_category_path("Kitchen")


def names(client: Client, category: CategoryPage, **words: str) -> list[str]:
    """Return the cards of a category's page as a shopper sees them."""
    return [card["name"] for card in client.get(category.url, words).context["listing"]["cards"]]


def test_prices_are_shown_drawn_and_given_away(
    admin_client: Client,
    kitchen: CategoryPage,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    pots = make_category_path("Kitchen", "=Pots")
    make_product("Pot", price="100", categories=[pots])
    make_product("Big pot", price="200", categories=[pots, kitchen])
    make_category_path("Kitchen", "Empty")

    with django_assert_max_num_queries(26):
        page = admin_client.get(f"{TOOLS}{kitchen.pk}/").content.decode()
    assert "KSh\u00a0150" in page or "150" in page
    assert 'role="img"' in page
    assert "=Pots" in page
    assert admin_client.get(TOOLS).status_code == 200

    lines = b"".join(admin_client.get(f"{TOOLS}prices.csv").streaming_content).decode()
    assert "All Products/Kitchen/=Pots,2,150.00,100.00,200.00,KES" in lines
    assert "All Products/Kitchen/Empty,0,,,,KES" in lines
    assert admin_client.get(f"{TOOLS}{2**62}/").status_code == 404


def test_products_stand_where_a_merchandiser_puts_them(
    admin_client: Client,
    client: Client,
    kitchen: CategoryPage,
) -> None:
    pots = make_category_path("Kitchen", "Pots")
    first, second, third, fourth = (
        make_product(f"P{number}", categories=[pots]) for number in range(4)
    )
    usual = ["P3", "P2", "P1", "P0"]
    assert names(client, kitchen) == usual
    address = f"{TOOLS}{kitchen.pk}/order/"
    shown = admin_client.get(address)
    assert [row["card"]["name"] for row in shown.context["rows"]] == usual

    sent = {f"place-{second.pk}": "2", f"place-{first.pk}": "1", f"place-{third.pk}": ""}
    assert admin_client.post(address, sent).status_code == 302

    assert names(client, kitchen) == ["P0", "P1", "P3", "P2"]
    assert names(client, pots) == usual
    assert names(client, kitchen, sort="newest") == usual
    found = client.get("/api/v2/products/", {"category": kitchen.pk}).json()["items"]
    assert [item["name"] for item in found] == ["P0", "P1", "P3", "P2"]
    # What an editor publishes and what sells keeps its place.
    Product.objects.get(pk=second.pk).save_revision().publish()
    set_on_hand({first_variant(first).pk: 0})
    assert names(client, kitchen)[:2] == ["P0", "P1"]
    assert_lists_are_true()

    admin_client.post(address, {"reset": "1"})
    assert names(client, kitchen) == usual
    assert not ShelfPlace.objects.exists()
    assert_lists_are_true()
    assert fourth.name == usual[0]


@pytest.mark.parametrize(
    "sent",
    [
        {"place-999999999": "1"},
        {"place-99999999999999999999": "1", "place-x": "1"},
        {"place-1": "-1"},
        {"place-1": "9" * 50, "place-2": "\u0663"},
        {f"place-{number}": "1" for number in range(900)},
    ],
)
def test_orders_that_cannot_be(
    admin_client: Client, kitchen: CategoryPage, sent: dict[str, str]
) -> None:
    make_product("Pot", categories=[kitchen])
    assert admin_client.post(f"{TOOLS}{kitchen.pk}/order/", sent).status_code == 302
    assert not ShelfPlace.objects.exists()


def test_only_who_publishes_arranges(client: Client, kitchen: CategoryPage) -> None:
    clerk = User.objects.create_user("clerk", "clerk@example.org", "x")
    clerk.groups.add(Group.objects.get(name="Support"))
    client.force_login(clerk)
    pot = make_product("Pot", categories=[kitchen])
    answer = client.post(f"{TOOLS}{kitchen.pk}/order/", {f"place-{pot.pk}": "1"})
    assert answer.status_code in {302, 403}
    assert not ShelfPlace.objects.exists()


def test_a_move_says_what_it_will_change_and_does_just_that(
    admin_client: Client, kitchen: CategoryPage
) -> None:
    pots, house = make_category_path("Kitchen", "Pots"), make_category_path("House")
    make_category_path("Kitchen", "Pots", "Clay")
    make_product("Pot", categories=[pots])
    make_product("Both", categories=[pots, house])
    make_product("Here too", categories=[pots, kitchen])
    page = admin_client.get(f"{TOOLS}{pots.pk}/change/", {"to": str(house.pk)})

    change = page.context["change"]
    assert (change.pages, change.products) == (2, 3)
    assert (change.before, change.after) == (
        "/all-products/kitchen/pots/",
        "/all-products/house/pots/",
    )
    counts = {count.title: (count.before, count.after) for count in change.counts}
    assert counts == {"Kitchen": (3, 1), "House": (1, 3)}
    moving = reverse("wagtailadmin_pages:move_confirm", args=[pots.pk, house.pk])
    assert moving in page.content.decode()
    told = admin_client.get(moving).content.decode()
    assert "2 pages get new addresses" in told
    assert "3 products come along" in told

    admin_client.post(moving)
    for title, (_before, after) in counts.items():
        category = CategoryPage.objects.get(title=title)
        assert Listing.objects.filter(category_id=category.pk).count() == after
    assert CategoryPage.objects.get(pk=pots.pk).url == change.after


@pytest.mark.parametrize(
    "words", [{"to": "9" * 40}, {"to": "<x>"}, {"slug": "../../x"}, {"slug": "\x00"}, {"to": "1"}]
)
def test_odd_wishes_change_nothing(
    admin_client: Client, kitchen: CategoryPage, words: dict[str, str]
) -> None:
    assert admin_client.get(f"{TOOLS}{kitchen.pk}/change/", words).status_code == 200


def test_a_deleted_category_hands_its_products_on_and_says_so(
    admin_client: Client, kitchen: CategoryPage
) -> None:
    pots, clay = (
        make_category_path("Kitchen", "Pots"),
        make_category_path("Kitchen", "Pots", "Clay"),
    )
    lone = make_product("Lone", categories=[pots])
    deep = make_product("Deep", categories=[clay, pots])
    both = make_product("Both", categories=[pots, make_category_path("House")])
    lone.name = "Draft of it"
    lone.save_revision()
    asking = reverse("wagtailadmin_pages:delete", args=[pots.pk])
    told = admin_client.get(asking).content.decode()
    assert "3 products are in this category or below it." in told
    assert "1 of them stays in its other categories." in told
    assert "2 are in no other and go to “Kitchen”." in told

    admin_client.post(asking)

    assert not Page.objects.filter(pk__in=[pots.pk, clay.pk]).exists()
    assert paths_of(lone) == paths_of(deep) == ["All Products/Kitchen"]
    assert paths_of(both) == ["All Products/House"]
    draft = Product.objects.get(pk=lone.pk).get_latest_revision_as_object()
    assert [each.category_id for each in draft.placements.all()] == [kitchen.pk]
    assert Listing.objects.filter(category_id=kitchen.pk).count() == 2
    assert_lists_are_true()


def test_sold_out_products_leave_the_lists_as_the_shop_chooses(
    client: Client, kitchen: CategoryPage
) -> None:
    pot = make_product("Pot", stock=1, categories=[kitchen])
    gone = make_product("Gone", stock=0, categories=[kitchen])
    choice = CatalogueSettings.objects.create(sold_out="hide")
    assert see_to_sold_out() == 1
    assert see_to_sold_out() == 0
    assert names(client, kitchen) == ["Pot"]
    assert client.get(gone.url).status_code == 200

    set_on_hand({first_variant(pot).pk: 0})
    assert names(client, kitchen) == []
    set_on_hand({first_variant(pot).pk: 2})
    assert names(client, kitchen) == ["Pot"]
    assert_lists_are_true()

    choice.refresh_from_db()
    choice.sold_out = "mark"
    choice.save()
    assert see_to_sold_out() == 1
    assert sorted(names(client, kitchen)) == ["Gone", "Pot"]
    assert_lists_are_true()


def test_staff_hear_once_of_a_shelf_that_runs_low(admin_user: User, kitchen: CategoryPage) -> None:
    pot = make_product("Pot", sku="POT", stock=5, categories=[kitchen])
    variant = first_variant(pot).pk
    for number in range(3):
        reserve(reference=f"{number}", demand={variant: 1}, skus={variant: "POT"})
    tasks = [task.task for task in OrmQ.objects.all() if "tell_of_dips" in task.task["func"]]
    assert [task["args"] for task in tasks] == [([(variant, 3)],)]

    tell_of_dips(tasks[0]["args"][0])
    alert = Message.objects.filter(event="alert").latest("pk")
    assert "POT Pot: 3 left" in alert.body
