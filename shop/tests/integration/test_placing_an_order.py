"""A buyer places an order; the server prices it, promises the stock and tells nobody twice."""

import re
from decimal import Decimal

import pytest

from shop.cart import actions as cart_actions
from shop.cart.models import Cart
from shop.cart.queries import cart_contents
from shop.core.errors import ShopError
from shop.flows.cancel_order import cancel_order
from shop.flows.confirm_order import confirm_order
from shop.flows.confirm_payment import confirm_payment
from shop.flows.deliver_order import deliver_order
from shop.flows.pack_order import pack_order
from shop.flows.place_order import OutOfStock, Purchase, place_cart_order, place_order
from shop.flows.ship_order import ship_order
from shop.inventory.models import Movement, Reservation, StockLevel
from shop.inventory.queries import ledger_problems
from shop.orders.actions import IllegalMove
from shop.orders.contact import Contact, ContactProblems, Place
from shop.orders.models import Order, OrderEvent, OrderLine
from shop.payments.models import Payment
from shop.pricing.models import DeliveryMethod, DeliveryRate, DeliveryZone
from shop.tests.factories import first_variant, make_product

pytestmark = pytest.mark.django_db


def purchase(**changes):
    return Purchase(
        **{
            "contact": Contact("Demo Shopper", "0712 345 678", "shopper@example.org"),
            "place": Place("Nairobi", "Kilimani", "Blue gate"),
            **changes,
        }
    )


@pytest.fixture
def mangoes(shop_site):
    return first_variant(make_product("Mangoes", price=116, stock=10, tax_class="standard"))


@pytest.fixture
def bread(shop_site):
    return first_variant(make_product("Bread", price="65.50", stock=2, tax_class="zero"))


def everything_written():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Order, OrderLine, OrderEvent, Payment, Reservation, Movement, StockLevel)
    ]


def test_the_order_keeps_what_was_agreed(mangoes, bread):
    order = place_order({mangoes.pk: 2, bread.pk: 1}, purchase())
    assert re.fullmatch(r"[1-9]\d{8}", order.number)
    assert order.status == "placed"
    assert order.phone == "+254712345678"
    assert order.subtotal == Decimal("297.50")
    assert order.delivery_fee == Decimal("300.00")
    # 16/116 of 232 for the mangoes, nothing for bread, 16/116 of 300 for the way.
    assert order.tax == Decimal("32.00") + Decimal("41.38")
    assert order.total == Decimal("597.50")
    assert [(line.name, line.quantity, line.line_total) for line in order.lines.order_by("pk")] == [
        ("Mangoes", 2, Decimal("232.00")),
        ("Bread", 1, Decimal("65.50")),
    ]
    payment = order.payments.get()
    assert (payment.method, payment.state, payment.amount) == (
        "cash_on_delivery",
        "pending",
        Decimal("597.50"),
    )
    assert StockLevel.objects.get(pk=mangoes.pk).available == 8
    assert ledger_problems() == []


def test_the_order_outlives_the_product_and_its_price(mangoes):
    order = place_order({mangoes.pk: 1}, purchase())
    mangoes.product.price = 999
    mangoes.product.save()
    mangoes.product.delete()
    line = OrderLine.objects.get(order=order)
    assert (line.name, line.unit_price) == ("Mangoes", Decimal("116.00"))


def test_short_of_stock_names_every_line_and_writes_nothing(mangoes, bread):
    before = everything_written()
    with pytest.raises(OutOfStock) as refusal:
        place_order({mangoes.pk: 11, bread.pk: 3}, purchase())
    assert [(d["sku"], d["wanted"], d["available"]) for d in refusal.value.details] == [
        (mangoes.sku, 11, 10),
        (bread.sku, 3, 2),
    ]
    assert everything_written() == before


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"contact": Contact("", "", "no address")}, {"name", "phone", "email"}),
        ({"contact": Contact("A", "12345")}, {"phone"}),
        ({"place": Place()}, {"county"}),
        ({"notes": "x" * 1001}, {"notes"}),
        ({"contact": Contact("A\x00", "0712345678")}, {"name"}),
    ],
)
def test_wrong_contact_is_named_field_by_field(mangoes, changes, fields):
    before = everything_written()
    with pytest.raises(ContactProblems) as refusal:
        place_order({mangoes.pk: 1}, purchase(delivery_method="delivery", **changes))
    assert {problem["field"] for problem in refusal.value.details} == fields
    assert everything_written() == before


@pytest.mark.parametrize(
    "written",
    [
        "0712345678",
        "+254 712 345678",
        "254712345678",
        "712 345 678",
        "0712-345-678",
        "00254 712 345 678",
        "000254712345678",
    ],
)
def test_a_phone_is_understood_in_every_way_kenyans_write_it(mangoes, written):
    order = place_order({mangoes.pk: 1}, purchase(contact=Contact("A", written)))
    assert order.phone.as_e164 == "+254712345678"


def test_who_comes_to_the_shop_needs_no_address(mangoes):
    order = place_order({mangoes.pk: 1}, purchase(place=Place(), delivery_method="pickup"))
    assert (order.delivery_method, order.delivery_fee) == ("pickup", Decimal("0.00"))


def test_a_zone_that_names_the_county_beats_the_rest_of_the_country(mangoes):
    nairobi = DeliveryZone.objects.create(name="Nairobi", regions=["Nairobi"])
    DeliveryRate.objects.create(
        method=DeliveryMethod.objects.get(code="delivery"), zone=nairobi, price=150, free_from=200
    )
    near = place_order({mangoes.pk: 1}, purchase(place=Place("nairobi", "Kilimani")))
    assert near.delivery_fee == Decimal("150.00")
    much = place_order({mangoes.pk: 2}, purchase(place=Place("Nairobi", "Kilimani")))
    assert much.delivery_fee == Decimal("0.00")
    far = place_order({mangoes.pk: 1}, purchase(place=Place("Turkana", "Lodwar")))
    assert far.delivery_fee == Decimal("300.00")


def test_a_method_that_does_not_exist_is_refused(mangoes):
    with pytest.raises(ShopError, match="Offered there: delivery, pickup"):
        place_order({mangoes.pk: 1}, purchase(delivery_method="drone"))
    with pytest.raises(ShopError, match="Offered: cash_on_delivery"):
        place_order({mangoes.pk: 1}, purchase(payment_method="shells"))


def test_a_draft_cannot_be_bought(shop_site):
    draft = first_variant(make_product("Secret", live=False, stock=5))
    with pytest.raises(ShopError) as refusal:
        place_order({draft.pk: 1}, purchase())
    assert refusal.value.code == "not_for_sale"


def test_a_total_that_no_table_holds_is_refused(shop_site):
    mountains = [first_variant(make_product(price="9999999.99")).pk for _ in range(11)]
    with pytest.raises(ShopError, match="needs a call"):
        place_order(dict.fromkeys(mountains, 10_000), purchase())


def test_the_same_wish_gives_the_same_order(mangoes):
    first = place_order({mangoes.pk: 1}, purchase(), key="wish-1")
    again = place_order({mangoes.pk: 1}, purchase(), key="wish-1")
    assert again.pk == first.pk
    assert StockLevel.objects.get(pk=mangoes.pk).available == 9


def test_a_double_click_and_a_second_tab_make_one_order(mangoes):
    cart = Cart.objects.create()
    cart_actions.add_line(cart=cart, variant_id=mangoes.pk, quantity=2)
    key = cart.checkout_key
    first = place_cart_order(cart, purchase(), key=key)
    assert cart_contents(cart).lines == ()
    cart_actions.add_line(cart=cart, variant_id=mangoes.pk, quantity=1)
    again = place_cart_order(cart, purchase(), key=key)
    assert again.pk == first.pk
    assert cart_contents(cart).count == 1
    cart.refresh_from_db()
    second = place_cart_order(cart, purchase(), key=cart.checkout_key)
    assert second.pk != first.pk


def test_cancelling_gives_the_stock_back_exactly_once(mangoes):
    order = place_order({mangoes.pk: 3}, purchase())
    cancel_order(order_id=order.pk, actor="Demo", by_customer=True)
    assert StockLevel.objects.get(pk=mangoes.pk).available == 10
    with pytest.raises(IllegalMove):
        cancel_order(order_id=order.pk, actor="Demo")
    assert StockLevel.objects.get(pk=mangoes.pk).available == 10
    assert order.payments.get().state == "cancelled"
    assert ledger_problems() == []


def test_the_life_of_an_order_follows_its_legal_moves(mangoes):
    order = place_order({mangoes.pk: 4}, purchase())
    with pytest.raises(IllegalMove):
        ship_order(order_id=order.pk)
    assert StockLevel.objects.get(pk=mangoes.pk).on_hand == 10
    confirm_order(order_id=order.pk, actor="Demo")
    pack_order(order_id=order.pk, actor="Demo")
    with pytest.raises(ShopError) as refusal:
        cancel_order(order_id=order.pk, by_customer=True)
    assert refusal.value.code == "too_late_to_cancel"
    ship_order(order_id=order.pk, actor="Demo")
    level = StockLevel.objects.get(pk=mangoes.pk)
    assert (level.on_hand, level.reserved) == (6, 0)
    with pytest.raises(IllegalMove):
        cancel_order(order_id=order.pk)
    assert StockLevel.objects.get(pk=mangoes.pk).available == 6
    deliver_order(order_id=order.pk)
    confirm_payment(order_id=order.pk, actor="Demo", reference="cash")
    confirm_payment(order_id=order.pk, actor="Demo", reference="cash")
    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("delivered", "paid")
    assert list(order.events.order_by("pk").values_list("kind", flat=True)) == [
        "confirmed",
        "packed",
        "shipped",
        "delivered",
        "paid",
    ]
    assert ledger_problems() == []


def test_three_lines_cost_few_statements(shop_site, django_assert_max_num_queries):
    demand = {first_variant(make_product(stock=50)).pk: 2 for _ in range(3)}
    # The first order compiles its statements, which may take longer than texts are remembered.
    place_order(demand, purchase())
    place_order(demand, purchase())
    # Twelve by the plan, and savepoints, which a request of its own would not need.
    with django_assert_max_num_queries(12 + 6) as seen:
        place_order(demand, purchase())
    # PostgreSQL does not give the text of a prepared statement back.
    asked = [query["sql"] or "a prepared statement" for query in seen.captured_queries]
    work = [sql for sql in asked if "SAVEPOINT" not in sql]
    assert len(work) <= 12, "\n".join(work)
