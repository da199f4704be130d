"""Staff change an order: the new price is seen before it counts, others are heard of."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from shop.flows.cancel_order import cancel_order
from shop.flows.confirm_order import confirm_order
from shop.flows.confirm_payment import confirm_payment
from shop.flows.place_order import Purchase, place_order
from shop.inventory.models import StockLevel
from shop.orders.contact import Contact, Place
from shop.orders.models import Order
from shop.payments.models import Refund
from shop.tests import mpesa
from shop.tests.factories import first_variant, make_product
from shop.tests.fakes import daraja

pytestmark = pytest.mark.django_db


@pytest.fixture
def pot(shop_site):
    return first_variant(make_product("Clay pot", sku="POT", price=500, stock=10))


@pytest.fixture
def order(pot):
    place = Place("Nairobi", "Kilimani", "Blue gate")
    who = Contact("Wanjiku Kamau", "0712 345 678")
    return place_order({pot.pk: 2}, Purchase(who, place, delivery_method="delivery"))


def sent(page, **words):
    """Return what a browser would send of the page, with what somebody typed."""
    form, desk = page.context["form"], page.context["desk"]
    edited = page.context.get("edited")
    return {
        **{name: text for name, text in form.words.items() if text},
        **{f"units-{variant}": units for variant, units in desk.units.items()},
        "seen": page.context["seen"],
        "agreed_total": edited.order.total if edited else "",
        **words,
    }


def open_form(client, order):
    return client.get(reverse("order_change", args=[order.pk]))


def press(client, order, do, page, **words):
    address = reverse("order_change", args=[order.pk])
    return client.post(address, {**sent(page, **words), "do": do})


def said(answer):
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def test_a_new_price_is_seen_and_then_saved(admin_client, order, pot):
    page = open_form(admin_client, order)
    assert page.context["edited"].changes == []
    page = press(admin_client, order, "look", page, **{f"units-{pot.pk}": 3})
    assert "Units of Clay pot (POT): 2 → 3" in page.content.decode()
    order.refresh_from_db()
    assert order.total == 1300, "nothing is saved by looking"
    answer = press(admin_client, order, "save", page)
    assert answer.status_code == 302
    order.refresh_from_db()
    assert order.total == 1800
    assert "Saved: 2 changes." in said(answer)


def test_a_total_that_nobody_saw_is_shown_first(admin_client, order, pot):
    page = open_form(admin_client, order)
    page = press(admin_client, order, "save", page, **{f"units-{pot.pk}": 3})
    assert page.status_code == 200
    assert page.context["edited"].order.total == 1800
    order.refresh_from_db()
    assert order.total == 1300
    assert press(admin_client, order, "save", page).status_code == 302


def test_what_goes_back_is_said(admin_client, order, pot):
    confirm_payment(order_id=order.pk)
    page = open_form(admin_client, order)
    page = press(admin_client, order, "look", page, **{f"units-{pot.pk}": 1})
    assert "Goes back to the customer" in page.content.decode()
    answer = press(admin_client, order, "save", page)
    assert "is to go back to the customer" in said(answer)
    assert Refund.objects.get().amount == 500


def test_who_is_asked_for_the_rest_on_the_phone_is_said_first(admin_client, settings, pot):
    with daraja.fake_daraja() as safaricom:
        mpesa.set_up(settings, safaricom.url)
        order = mpesa.place("0712 345 678", variant=pot)
        mpesa.forget_queue()
        mpesa.transfer(order.number, str(order.total), "SGH0000001")
        page = open_form(admin_client, order)
        assert "by M-Pesa" not in page.content.decode()
        page = press(admin_client, order, "look", page, **{f"units-{pot.pk}": 2})
        assert "Saving asks +254712345678 for it by M-Pesa." in page.content.decode()
        assert safaricom.of(daraja.PROMPT) == []


def test_the_second_of_two_is_told_what_the_first_did(admin_client, order, pot):
    mine = open_form(admin_client, order)
    confirm_order(order_id=order.pk, actor="Otieno", note="He called back")
    page = press(admin_client, order, "save", mine, notes="Ring twice")
    assert page.status_code == 200
    text = page.content.decode()
    assert "What changed meanwhile" in text
    assert "He called back" in text
    assert page.context["form"].words["notes"] == "Ring twice", "what was typed stays"
    order.refresh_from_db()
    assert order.notes == ""
    assert press(admin_client, order, "save", page, notes="Ring twice").status_code == 302
    order.refresh_from_db()
    assert (order.notes, order.status) == ("Ring twice", "confirmed")


def test_a_step_is_not_taken_on_an_order_that_moved_meanwhile(admin_client, order):
    step = reverse("order_step", args=[order.pk, "confirmed"])
    seen = admin_client.get(step).context["seen"]
    confirm_payment(order_id=order.pk, actor="Otieno")
    page = admin_client.post(step, {"seen": seen})
    assert page.status_code == 200
    assert [event.kind for event in page.context["meanwhile"]] == ["paid"]
    order.refresh_from_db()
    assert order.status == "placed"
    assert admin_client.post(step, {"seen": page.context["seen"]}).status_code == 302


def test_too_late_is_said_on_the_orders_page(admin_client, order):
    cancel_order(order_id=order.pk)
    answer = open_form(admin_client, order)
    assert answer.status_code == 302
    assert "it can be changed only before anything of it is packed" in said(answer)
    page = admin_client.get(answer.url)
    assert page.context["change_url"] == ""


def test_what_is_short_is_said_beside_the_goods(admin_client, order, pot):
    page = open_form(admin_client, order)
    page = press(admin_client, order, "look", page, **{f"units-{pot.pk}": 11})
    assert "only" in page.context["refusal"].message
    page = press(admin_client, order, "save", page)
    assert page.context["form"].errors
    assert StockLevel.objects.get(pk=pot.pk).reserved == 2


def test_goods_that_left_the_shop_stay_in_the_order(admin_client, order, pot):
    pot.product.delete()
    page = open_form(admin_client, order)
    assert "no longer for sale" in page.content.decode()
    assert press(admin_client, order, "save", page, notes="Ring twice").status_code == 302
    assert Order.objects.get().lines.get().sku == "POT"


def test_who_else_looks_is_named(admin_client, client, order, django_user_model):
    otieno = django_user_model.objects.create_superuser("otieno", first_name="Otieno")
    client.force_login(otieno)
    page = reverse("orders_order_modeladmin_inspect", args=[order.pk])
    assert client.get(page).context["others_looking"] == []
    assert admin_client.get(page).context["others_looking"] == ["Otieno"]
    assert "Also looking at this order: Otieno" in admin_client.get(page).content.decode()


def test_the_orders_page_leads_to_the_customers_own(admin_client, order, django_user_model):
    page = reverse("orders_order_modeladmin_inspect", args=[order.pk])
    assert admin_client.get(page).context["customer_url"] == ""
    wanjiku = django_user_model.objects.create_user("wanjiku")
    Order.objects.filter(pk=order.pk).update(user=wanjiku)
    address = reverse("customers_modeladmin_inspect", args=[wanjiku.pk])
    assert f'href="{address}"' in admin_client.get(page).content.decode()
