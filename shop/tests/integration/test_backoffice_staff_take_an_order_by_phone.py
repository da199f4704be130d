"""Staff take an order on the phone: know the caller, find goods, say the price, place it."""

import pytest
from django.urls import reverse

from shop.customers.models import User
from shop.flows.place_order import Purchase, place_order
from shop.inventory.models import StockLevel
from shop.orders.contact import Contact, Place
from shop.orders.models import Order
from shop.payments.models import Payment
from shop.pricing.models import Voucher
from shop.tests import mpesa
from shop.tests.factories import first_variant, make_product
from shop.tests.fakes import daraja

pytestmark = pytest.mark.django_db

WORDS = {
    "name": "Wanjiku Kamau",
    "phone": "0712 345 678",
    "delivery_method": "delivery",
    "county": "Nairobi",
    "area": "Kilimani",
    "payment_method": "cash_on_delivery",
    "notify_sms": "on",
}


@pytest.fixture
def pot(shop_site):
    return first_variant(make_product("Clay pot", sku="POT", price=500, stock=10))


def press(client, do, **words):
    return client.post(reverse("order_new"), {"do": do, "key": "wish-1", **words})


def test_a_sku_and_enter_is_all_it_takes(admin_client, pot):
    page = press(admin_client, "look", q="pot")
    assert list(page.context["desk"].units.items()) == [(pot.pk, 1)]
    page = press(admin_client, "look", q="POT", **{f"units-{pot.pk}": "1"})
    assert page.context["desk"].units == {pot.pk: 2}
    assert page.context["quote"].subtotal == 1000
    assert page.context["desk"].searched == "", "ready for the next one"


def test_goods_are_found_by_words_and_sold_out_is_said(admin_client, pot):
    make_product("Clay bowl", sku="BOWL-1", price=200, stock=0)
    page = press(admin_client, "look", q="clay")
    assert [ware.sku for ware in page.context["desk"].found] == ["BOWL-1", "POT"]
    assert "sold out" in page.content.decode()
    page = press(admin_client, f"add:{pot.pk}")
    assert page.context["desk"].units == {pot.pk: 1}
    page = press(admin_client, f"remove:{pot.pk}", **{f"units-{pot.pk}": "1"})
    assert page.context["desk"].units == {}


def test_the_order_is_the_storefronts_own(admin_client, pot):
    Voucher.objects.create(code="KARIBU", kind="percent", value=10)
    words = {**WORDS, "voucher": "karibu", f"units-{pot.pk}": "3"}
    seen = press(admin_client, "look", **words).context["quote"]
    answer = press(admin_client, "save", **words)
    order = Order.objects.get()
    assert answer.url == reverse("orders_order_modeladmin_inspect", args=[order.pk])
    purchase = Purchase(
        Contact("Otieno", "0733 111 222"), Place("Nairobi"), "delivery", voucher="KARIBU"
    )
    twin = place_order({pot.pk: 3}, purchase)
    names = "subtotal discount delivery_fee tax total rounding reductions".split()
    assert [getattr(order, name) for name in names] == [getattr(twin, name) for name in names]
    assert seen.total == order.total
    assert order.events.get().kind == "taken_by_phone"
    assert order.events.get().actor
    assert Payment.objects.get(order=order).amount == order.total


def test_a_double_click_makes_one_order(admin_client, pot):
    words = {**WORDS, f"units-{pot.pk}": "2"}
    first, second = press(admin_client, "save", **words), press(admin_client, "save", **words)
    assert first.url == second.url
    order = Order.objects.get()
    assert order.events.count() == 1
    assert StockLevel.objects.get(pk=pot.pk).reserved == 2


def test_a_caller_with_an_account_gets_the_order_there(admin_client, pot):
    wanjiku = User.objects.create_user(
        "wanjiku", phone="+254712345678", first_name="Wanjiku", last_name="Kamau"
    )
    page = press(admin_client, "who", who="0712345678")
    assert [caller.mark for caller in page.context["callers"]] == [f"account-{wanjiku.pk}"]
    page = press(admin_client, f"take:account-{wanjiku.pk}", who="0712345678")
    assert page.context["form"].words["name"] == "Wanjiku Kamau"
    assert page.context["customer"] == wanjiku
    press(admin_client, "save", **WORDS, **{f"units-{pot.pk}": "1"}, customer=wanjiku.pk)
    assert Order.objects.get().user == wanjiku


def test_who_bought_as_a_guest_is_known_again(admin_client, pot):
    place = Place("Nairobi", "Kilimani", "Blue gate")
    old = place_order({pot.pk: 1}, Purchase(Contact("Otieno Ouma", "0733 111 222"), place))
    page = press(admin_client, "look", who="+254 733 111222")
    assert [caller.name for caller in page.context["callers"]] == ["Otieno Ouma"]
    page = press(admin_client, f"take:order-{old.pk}")
    words = page.context["form"].words
    assert (words["name"], words["landmark"]) == ("Otieno Ouma", "Blue gate")
    assert page.context["customer"] is None


def test_the_callers_phone_is_asked_for_the_money(admin_client, pot, settings):
    with daraja.fake_daraja() as safaricom:
        mpesa.set_up(settings, safaricom.url)
        assert "payment_phone" in admin_client.get(reverse("order_new")).context["form"].fields
        words = {**WORDS, "payment_method": "mpesa", "payment_phone": "0733 111 222"}
        press(admin_client, "save", **words, **{f"units-{pot.pk}": "1"})
    payment = Payment.objects.get()
    assert (payment.method, payment.state, payment.phone) == ("mpesa", "pending", "+254733111222")
    assert payment.next_try_at is not None, "the worker asks"


def test_what_is_wrong_stands_beside_its_field(admin_client, pot):
    words = {**WORDS, "phone": "12", "county": "", f"units-{pot.pk}": "1"}
    page = press(admin_client, "save", **words)
    assert set(page.context["form"].errors) == {"phone", "county"}
    page = press(admin_client, "save", **WORDS, **{f"units-{pot.pk}": "11"})
    assert "only 10 left" in page.content.decode()
    page = press(admin_client, "save", **WORDS)
    assert not Order.objects.exists()


def test_nonsense_answers_politely(admin_client, shop_site):
    for do in ("add:99999999999999999999", "take:account-x", "remove:-1", "zzz", "take:order-9"):
        words = {"units-1": "x", "units-": "3", "units-9": "99999999", "q": "\x00"}
        assert press(admin_client, do, **words).status_code == 200


def test_only_who_works_on_orders_takes_one(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("editor", is_staff=True))
    assert client.get(reverse("order_new")).status_code in (302, 403)
