"""Staff find orders by what they know of them, keep lists, and do one thing to many at once."""

import csv
import io
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from shop.core.clock import fixed
from shop.flows.confirm_order import confirm_order
from shop.flows.pack_order import pack_order
from shop.flows.place_order import Purchase, place_order
from shop.fulfilment.models import Shipment
from shop.orders.contact import Contact, Place
from shop.orders.models import Order, SavedView
from shop.orders.saved_views import forget_views_naming, keep_view
from shop.tests.factories import first_variant, make_product

pytestmark = pytest.mark.django_db

LIST = "orders_order_modeladmin_index"


NOON = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon():
    with fixed(NOON):
        yield


@pytest.fixture
def pot(shop_site):
    return first_variant(make_product("Clay pot", sku="POT", price=500, stock=50))


def placed(pot, name="Wanjiku Kamau", county="Nairobi"):
    purchase = Purchase(Contact(name, "0712 345 678"), Place(county), delivery_method="delivery")
    return place_order({pot.pk: 1}, purchase)


@pytest.fixture
def orders(pot):
    return [placed(pot, name) for name in ("Amina", "Brian", "Chebet")]


def shown(client, query):
    return list(client.get(f"{reverse(LIST)}?{query}").context["object_list"])


def many(client, do, orders, **words):
    chosen = [order.pk for order in orders]
    return client.post(reverse("orders_many"), {"do": do, "order": chosen, **words})


def said(answer):
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def test_each_filter_narrows(admin_client, pot):
    here, there = placed(pot), placed(pot, county="Kiambu")
    earlier = NOON - timedelta(days=40)
    Order.objects.filter(pk=there.pk).update(placed_at=earlier, payment_status="paid")
    day, old = localdate(NOON), localdate(earlier)
    for query, wanted in (
        ("county=Kiambu", [there]),
        ("payment_method=cash_on_delivery", [here, there]),
        ("payment_method=mpesa", []),
        (f"from={day}", [here]),
        (f"to={old}", [there]),
        (f"from={old}&to={old}", [there]),
        ("from=nonsense&to=2026-13-45", [here, there]),
        ("view=to_confirm", [here, there]),
        ("view=to_pack", []),
        ("view=today", [here]),
        ("view=nonsense", [here, there]),
        ("payment_status__exact=paid&county=Kiambu", [there]),
        (f"chosen={here.pk}-x-99", [here]),
    ):
        assert shown(admin_client, query) == wanted, query


def test_unpaid_too_long_is_a_list(admin_client, orders):
    Order.objects.filter(pk=orders[0].pk).update(placed_at=NOON - timedelta(days=5))
    assert shown(admin_client, "view=unpaid_too_long") == [orders[0]]


def test_a_list_costs_the_same_however_long_it_is(admin_client, pot):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            admin_client.get(f"{reverse(LIST)}?view=to_confirm&county=Nairobi")
        return len(seen)

    placed(pot)
    queries()
    few = queries()
    for _ in range(5):
        placed(pot)
    assert queries() == few
    assert few <= 18


def test_a_list_is_kept_shared_and_let_go(admin_client, client, django_user_model, orders):
    query = "county=Nairobi&view=to_pack&p=2"
    admin_client.post(reverse("order_lists"), {"list": query, "name": "Nairobi runs"})
    admin_client.post(reverse("order_lists"), {"list": "q=amina", "name": "Hers", "shared": "1"})
    mine, hers = SavedView.objects.order_by("-name")
    assert (mine.query, hers.shared) == ("county=Nairobi&view=to_pack", True)
    tabs = {tab.label: tab for tab in admin_client.get(reverse(LIST)).context["tabs"]}
    assert {"All", "Today", "To pack", "Unpaid too long", "Nairobi runs", "Hers"} <= set(tabs)
    here = admin_client.get(tabs["Nairobi runs"].url).context["tabs"]
    assert [tab.label for tab in here if tab.here] == ["Nairobi runs"]

    client.force_login(django_user_model.objects.create_superuser("otieno"))
    seen = {tab.label: tab for tab in client.get(reverse(LIST)).context["tabs"]}
    assert "Hers" in seen
    assert "Nairobi runs" not in seen
    assert not seen["Hers"].mine
    client.post(reverse("order_lists"), {"remove": hers.pk})
    assert SavedView.objects.count() == 2, "another's list stays"
    admin_client.post(reverse("order_lists"), {"remove": hers.pk})
    assert SavedView.objects.get() == mine


def test_a_list_without_words_or_name_is_not_kept(admin_client, orders):
    for words in ({"list": "", "name": "All"}, {"list": "q=x", "name": "  "}):
        answer = admin_client.post(reverse("order_lists"), words)
        assert said(answer)
    assert not SavedView.objects.exists()


def test_many_are_confirmed_and_who_stays_is_named(admin_client, orders):
    confirm_order(order_id=orders[2].pk)
    page = many(admin_client, "confirm", orders)
    assert page.context["fitting"] == orders[:2]
    assert page.context["others"] == [orders[2]]
    assert "it is confirmed" in page.content.decode()
    assert Order.objects.filter(status="confirmed").count() == 1, "asked, not done"
    answer = many(admin_client, "confirm", orders, sure="1")
    assert "2 orders are confirmed." in said(answer)
    assert f"{orders[2].readable_number}: The order is confirmed" in said(answer)
    assert Order.objects.filter(status="confirmed").count() == 3


def test_many_are_packed_and_sent_with_their_numbers(admin_client, orders):
    for order in orders:
        confirm_order(order_id=order.pk)
    many(admin_client, "pack", orders, sure="1")
    assert set(Order.objects.values_list("status", flat=True)) == {"packed"}
    page = many(admin_client, "ship", orders[:2])
    assert page.context["asks_tracking"]
    words = {f"carrier-{orders[0].pk}": "G4S", f"number-{orders[0].pk}": "A 7"}
    answer = many(admin_client, "ship", orders[:2], sure="1", **words)
    assert "2 orders are on their way." in said(answer)
    carried = Shipment.objects.filter(status="shipped").order_by("order_id")
    assert [parcel.carried for parcel in carried] == ["G4S A 7", ""]


def test_papers_of_many(admin_client, orders):
    answer = many(admin_client, "slips", orders)
    assert "None of these has a parcel yet" in said(answer)
    confirm_order(order_id=orders[0].pk)
    confirm_order(order_id=orders[1].pk)
    answer = many(admin_client, "labels", orders)
    page = admin_client.get(answer.url)
    assert page.status_code == 200
    assert len(page.context["papers"]) == 2


def test_a_file_of_the_chosen_runs_no_formula(admin_client, pot):
    evil, other = placed(pot, '=HYPERLINK("http://x")'), placed(pot, "Amina")
    answer = admin_client.get(many(admin_client, "csv", [evil]).url)
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert [row["Order"] for row in rows] == [evil.number]
    assert rows[0]["Name"].startswith("'=")
    assert (rows[0]["Total"], rows[0]["Goods"]) == ("800.00", "1 x POT Clay pot")
    book = admin_client.get(f"{reverse(LIST)}?export=xlsx&county=Nairobi")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(book))).active
    names = {cell.value: cell.data_type for cell in next(sheet.iter_cols(6, 6))}
    assert names.keys() == {"Name", evil.name, other.name}
    assert names[evil.name] == "s"


def test_a_long_file_costs_no_more_queries(admin_client, pot):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            list(admin_client.get(f"{reverse(LIST)}?export=csv"))
        return len(seen)

    pack_order(order_id=confirm_order(order_id=placed(pot).pk).pk)
    queries()
    few = queries()
    for _ in range(4):
        pack_order(order_id=confirm_order(order_id=placed(pot).pk).pk)
    assert queries() == few


def test_nothing_ticked_and_no_right(admin_client, client, django_user_model, orders):
    assert "Tick the orders first" in said(many(admin_client, "confirm", []))
    assert many(admin_client, "nonsense", orders).status_code == 302
    client.force_login(django_user_model.objects.create_user("somebody"))
    assert many(client, "confirm", orders, sure="1").status_code in (302, 403)
    assert not Order.objects.filter(status="confirmed").exists()


def test_a_kept_search_for_somebody_goes_with_them(admin_user):
    for name, query in (
        ("Her", "q=0712+345+678"),
        ("Hers", "q=%2B254712345678"),
        ("Ours", "q=pot"),
    ):
        keep_view(owner=admin_user, name=name, query=query)
    forget_views_naming(["+254712345678", "wanjiku@example.org"])
    assert list(SavedView.objects.values_list("name", flat=True)) == ["Ours"]
