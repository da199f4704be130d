"""A buyer types a voucher: it counts or says why not, is used once, and comes back on cancel."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from shop.cart import actions as carts
from shop.cart.models import Cart
from shop.cart.queries import cart_contents
from shop.core.clock import fixed
from shop.core.errors import ShopError
from shop.customers.models import User
from shop.flows.cancel_order import cancel_order
from shop.flows.erase_customer import erase_customer
from shop.flows.place_order import Purchase, place_cart_order, place_order
from shop.orders.contact import Contact, Place
from shop.orders.models import Order
from shop.pricing.models import (
    Offer,
    OfferCategory,
    Redemption,
    Scope,
    Voucher,
    VoucherCategory,
    VoucherProduct,
)
from shop.pricing.queries import price_goods
from shop.tests.factories import first_variant, make_category_path, make_product

pytestmark = pytest.mark.django_db


def purchase(**changes):
    return Purchase(
        **{
            "contact": Contact("Demo Shopper", "0712 345 678"),
            "place": Place("Nairobi", "Kilimani"),
            **changes,
        }
    )


@pytest.fixture
def pot(shop_site):
    shelf = make_category_path("Kitchen", "Cooking", "Pots")
    return first_variant(make_product("Pot", price=1000, stock=50, categories=[shelf]))


@pytest.fixture
def bread(shop_site):
    return first_variant(make_product("Bread", price="65.50", stock=50, tax_class="zero"))


def karibu(**fields):
    return Voucher.objects.create(**{"code": "Karibu10", "value": 10, **fields})


def test_the_discount_is_spread_over_the_lines_and_the_vat_follows(pot, bread):
    karibu()
    order = place_order({pot.pk: 1, bread.pk: 3}, purchase(voucher=" karibu10 "))
    lines = {line.name: line for line in order.lines.all()}
    # 10 % of 1,196.50 is 119.65.
    assert order.discount == Decimal("119.65")
    assert (lines["Pot"].discount, lines["Pot"].tax) == (Decimal("100.00"), Decimal("124.14"))
    assert (lines["Bread"].discount, lines["Bread"].tax) == (Decimal("19.65"), 0)
    assert order.total == order.subtotal - order.discount + order.delivery_fee
    assert order.tax == lines["Pot"].tax + order.delivery_tax
    assert order.reductions == [{"kind": "voucher", "name": "Karibu10", "amount": "119.65"}]
    assert order.voucher_code == "Karibu10"
    assert order.payments.get().amount == order.total
    use = Redemption.objects.get()
    assert (use.reference, use.amount, use.phone) == (
        order.number,
        Decimal("119.65"),
        "+254712345678",
    )


def test_whole_shillings_are_a_line_of_their_own(pot, bread, settings):
    settings.MPESA_CONSUMER_KEY = settings.MPESA_CONSUMER_SECRET = "k"
    settings.MPESA_SHORTCODE = settings.MPESA_PASSKEY = "174379"
    order = place_order({bread.pk: 1}, purchase(payment_method="mpesa"))
    assert (order.total, order.rounding, order.payable) == (
        Decimal("365.50"),
        Decimal("0.50"),
        Decimal("366.00"),
    )
    assert order.payments.get().amount == order.payable
    assert place_order({bread.pk: 1}, purchase()).rounding == 0


NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"active": False}, "voucher_expired"),
        ({"ends_at": NOON}, "voucher_expired"),
        ({"starts_at": NOON + timedelta(seconds=1)}, "voucher_not_yet"),
        ({"minimum": Decimal("1000.01")}, "voucher_minimum"),
        ({"limit": 0}, "voucher_used_up"),
        ({"limit_per_customer": 0}, "voucher_used_by_you"),
        ({"scope": Scope.CHOSEN}, "voucher_not_for_these"),
        ({"code": "Another"}, "unknown_voucher"),
    ],
)
def test_one_that_does_not_count_says_why_and_no_order_is_written(pot, fields, code):
    karibu(**fields)
    with fixed(NOON), pytest.raises(ShopError) as refusal:
        place_order({pot.pk: 1}, purchase(voucher="KARIBU10"))
    assert (refusal.value.code, refusal.value.field) == (code, "voucher")
    assert not Order.objects.exists()
    assert not Redemption.objects.exists()


def test_it_counts_from_its_first_moment_and_at_its_minimum(pot):
    karibu(starts_at=NOON, minimum=1000, limit=1)
    with fixed(NOON):
        assert place_order({pot.pk: 1}, purchase(voucher="karibu10")).discount == 100


def test_it_counts_for_a_category_with_all_below_it_and_for_products(pot, bread):
    voucher = karibu(scope=Scope.CHOSEN)
    kitchen = pot.product.placements.get().category.get_parent().get_parent()
    VoucherCategory.objects.create(voucher=voucher, category_id=kitchen.pk)
    demand = {pot.pk: 1, bread.pk: 1}
    assert price_goods(demand, voucher="karibu10").discount == 100
    VoucherProduct.objects.create(voucher=voucher, product=bread.product)
    assert price_goods(demand, voucher="karibu10").discount == Decimal("106.55")
    # A category that goes away does not turn it into one for everything.
    VoucherCategory.objects.all().delete()
    assert price_goods(demand, voucher="karibu10").discount == Decimal("6.55")


def test_things_on_sale_and_things_of_an_offer_are_left_out_if_it_says_so(pot):
    cup = first_variant(make_product("Cup", price=100, sale_price=80))
    karibu(on_sale_items=False)
    shelf = pot.product.placements.get().category
    offer = Offer.objects.create(name="Pot week", percent=20, scope=Scope.CHOSEN)
    OfferCategory.objects.create(offer=offer, category=shelf)
    goods = price_goods({pot.pk: 1, cup.pk: 1}, voucher="karibu10")
    assert goods.voucher.problem.code == "voucher_not_for_these"
    Voucher.objects.update(combinable=True)
    goods = price_goods({pot.pk: 1, cup.pk: 1}, voucher="karibu10")
    assert [(each.name, each.amount) for each in goods.reductions] == [
        ("Pot week", 200),
        ("Karibu10", 80),
    ]


def test_free_delivery_is_worth_the_fee(pot):
    karibu(kind=Voucher.Kind.DELIVERY, value=0)
    order = place_order({pot.pk: 1}, purchase(voucher="karibu10"))
    assert (order.delivery_fee, order.discount, order.total) == (0, 0, 1000)
    assert Redemption.objects.get().amount == 300


def test_an_amount_is_never_more_than_the_things_cost(bread):
    karibu(kind=Voucher.Kind.AMOUNT, value=500)
    order = place_order({bread.pk: 2}, purchase(voucher="karibu10"))
    assert (order.discount, order.total) == (131, 300)


def test_once_a_customer_means_the_account_and_the_phone(pot):
    karibu(limit_per_customer=1)
    person = User.objects.create_user("amina")
    place_order({pot.pk: 1}, purchase(voucher="karibu10", user=person))
    for again in (
        purchase(voucher="karibu10"),
        purchase(voucher="karibu10", user=person, contact=Contact("A", "0722 000 000")),
    ):
        with pytest.raises(ShopError) as refusal:
            place_order({pot.pk: 1}, again)
        assert refusal.value.code == "voucher_used_by_you"
    other = purchase(voucher="karibu10", contact=Contact("B", "0733 000 000"))
    assert place_order({pot.pk: 1}, other).discount == 100


def test_cancelling_gives_it_back_and_the_same_wish_uses_it_once(pot):
    karibu(limit=1)
    order = place_order({pot.pk: 1}, purchase(voucher="karibu10"), key="wish")
    assert place_order({pot.pk: 1}, purchase(voucher="karibu10"), key="wish") == order
    with pytest.raises(ShopError, match="used up"):
        place_order({pot.pk: 1}, purchase(voucher="karibu10"))
    cancel_order(order_id=order.pk)
    assert place_order({pot.pk: 1}, purchase(voucher="karibu10")).discount == 100
    assert Redemption.objects.filter(given_back_at=None).count() == 1


def test_the_cart_keeps_it_until_it_is_ordered(pot):
    karibu(minimum=1500)
    cart = Cart.objects.create()
    line = carts.add_line(cart=cart, variant_id=pot.pk, quantity=2)
    carts.apply_voucher(cart=cart, code="karibu10")
    assert cart_contents(cart).total == 1800
    carts.set_quantity(cart=cart, line_id=line.pk, quantity=1)
    contents = cart_contents(cart)
    assert (contents.total, contents.goods.voucher.problem.code) == (1000, "voucher_minimum")
    with pytest.raises(ShopError, match="counts from"):
        place_cart_order(cart, purchase())
    carts.set_quantity(cart=cart, line_id=line.pk, quantity=2)
    assert place_cart_order(cart, purchase()).discount == 200
    cart.refresh_from_db()
    assert cart.voucher_code == ""


def test_a_guests_voucher_comes_along_at_login(pot):
    karibu()
    guest = Cart.objects.create()
    carts.add_line(cart=guest, variant_id=pot.pk)
    carts.apply_voucher(cart=guest, code="karibu10")
    own, _ = carts.adopt(guest=guest, user=User.objects.create_user("amina"))
    assert cart_contents(own).discount == 100


def test_who_leaves_is_forgotten_and_the_use_stays(pot):
    karibu(limit=5)
    person = User.objects.create_user("amina")
    order = place_order({pot.pk: 1}, purchase(voucher="karibu10", user=person))
    Order.objects.update(status="delivered")
    erase_customer(person)
    use = Redemption.objects.get(reference=order.number)
    assert (use.user_id, use.phone) == (None, "")


def test_without_offer_and_voucher_it_costs_one_statement(pot, django_assert_num_queries):
    price_goods({pot.pk: 1})
    with django_assert_num_queries(1):
        price_goods({pot.pk: 1})
    karibu(limit=3)
    with django_assert_num_queries(2):
        price_goods({pot.pk: 1}, voucher="karibu10")
