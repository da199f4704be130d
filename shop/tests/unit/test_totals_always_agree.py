"""Whatever is bought with whatever offers and voucher: what is shown adds up to the cent."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.core.money import CENT, ZERO, contained_tax, round_money, whole_units
from shop.pricing.rules import (
    AMOUNT,
    BUNDLE,
    DELIVERY,
    PERCENT,
    STEPS,
    OfferTerms,
    Quote,
    QuoteLine,
    Rate,
    VoucherTerms,
    delivery_options,
    spread,
    with_offers,
    with_voucher,
)
from shop.pricing.rules.explaining import explained

NOW = datetime(2026, 6, 1, tzinfo=UTC)
CLASSES = {"standard": Decimal(16), "zero": ZERO, "exempt": ZERO}

cents = st.integers(0, 500_000).map(lambda number: number * CENT)
percents = st.integers(1, 10_000).map(lambda number: number * CENT)


@st.composite
def line(draw, number):
    price = draw(cents)
    tax_class = draw(st.sampled_from(sorted(CLASSES)))
    return QuoteLine(
        product_id=draw(st.integers(1, 3)),
        variant_id=number,
        sku=f"S{number}",
        name=f"Thing {number}",
        slug="thing",
        options="",
        quantity=draw(st.integers(1, 12)),
        unit_price=price,
        list_price=price + draw(st.sampled_from([ZERO, Decimal(50)])),
        tax_class=tax_class,
        tax_percent=CLASSES[tax_class],
        weight=draw(st.integers(0, 5_000)) * Decimal("0.001"),
    )


baskets = st.integers(1, 6).flatmap(
    lambda size: st.tuples(*(line(number) for number in range(1, size + 1)))
)
scopes = st.one_of(st.none(), st.frozensets(st.integers(1, 3), max_size=3))


@st.composite
def offer(draw, number):
    chosen = draw(scopes)
    return OfferTerms(
        id=number,
        name=f"Offer {number}",
        kind=draw(st.sampled_from([PERCENT, STEPS, BUNDLE])),
        percent=draw(percents),
        buy=draw(st.integers(1, 3)),
        get=draw(st.integers(1, 2)),
        steps=tuple(draw(st.lists(st.tuples(st.integers(1, 20), percents), max_size=3))),
        everything=chosen is None,
        product_ids=chosen or frozenset(),
        on_sale_items=draw(st.booleans()),
    )


offers = st.integers(0, 3).flatmap(
    lambda size: st.tuples(*(offer(number) for number in range(1, size + 1)))
)


@st.composite
def voucher(draw):
    chosen = draw(scopes)
    kind = draw(st.sampled_from([PERCENT, AMOUNT, DELIVERY]))
    return VoucherTerms(
        id=1,
        code="KARIBU",
        kind=kind,
        value=draw(percents if kind == PERCENT else cents),
        minimum=draw(st.one_of(st.none(), cents)),
        everything=chosen is None,
        product_ids=chosen or frozenset(),
        on_sale_items=draw(st.booleans()),
        combinable=draw(st.booleans()),
    )


RATES = (
    Rate("rider", "Rider", "", True, ("Nairobi",), Decimal("250.50"), Decimal(9_000)),
    Rate("rider", "Rider", "", True, (), Decimal(400), None),
)


def quoted(lines, offers=(), voucher=None, region="Nairobi"):
    reduced = with_offers(lines, offers)
    use = None
    if voucher is not None:
        reduced, use = with_voucher(reduced, voucher, NOW)
    option = delivery_options(
        RATES,
        region=region,
        subtotal=sum((line.total for line in lines), ZERO),
        free=use is not None and use.free_delivery,
    )[0]
    return Quote(tuple(reduced), option, Decimal(16), use)


@given(baskets, offers, st.one_of(st.none(), voucher()))
def test_every_total_is_the_sum_of_what_is_shown_above_it(lines, offers, voucher):
    quote = quoted(lines, offers, voucher)
    assert quote.total == sum(line.net for line in quote.lines) + quote.delivery_fee
    assert quote.total == quote.subtotal - quote.discount + quote.delivery_fee
    assert quote.discount == sum((each.amount for each in quote.reductions), ZERO)
    assert quote.tax == sum(line.tax for line in quote.lines) + quote.delivery_tax
    assert quote.tax == sum(row.tax for row in quote.taxes)
    assert quote.total == sum(row.gross for row in quote.taxes)
    told = [step.amount for step in explained(quote) if step.kind != "tax"]
    assert quote.total == sum(told, ZERO)
    for each in quote.lines:
        assert ZERO <= each.net <= each.total
        assert each.tax == contained_tax(each.net, each.tax_percent)
        assert each.net == round_money(each.net)
    if voucher is not None and quote.voucher.problem is None:
        taken = [each.amount for each in quote.reductions if each.kind == "voucher"]
        assert sum(taken, ZERO) == quote.voucher.amount


@given(baskets, offers, st.one_of(st.none(), voucher()), st.randoms(use_true_random=False))
def test_the_order_of_lines_and_offers_plays_no_part(lines, offers, voucher, chance):
    other_lines, other_offers = list(lines), list(offers)
    chance.shuffle(other_lines)
    chance.shuffle(other_offers)
    one, other = quoted(lines, offers, voucher), quoted(other_lines, other_offers, voucher)
    assert (one.total, one.tax, one.reductions) == (other.total, other.tax, other.reductions)
    key = {each.variant_id: each for each in other.lines}
    assert all(key[each.variant_id] == each for each in one.lines)


@given(baskets, offers, voucher())
def test_what_takes_off_never_adds(lines, offers, voucher):
    plain = quoted(lines)
    offered = quoted(lines, offers)
    assert offered.total <= plain.total
    assert quoted(lines, offers, voucher).total <= offered.total
    assert quoted(lines, offers[:1]).total >= offered.total


@given(baskets, percents, percents)
def test_a_higher_percent_never_costs_more(lines, one, other):
    low, high = sorted((one, other))

    def total(value):
        return quoted(lines, voucher=VoucherTerms(1, "K", PERCENT, value)).total

    assert total(high) <= total(low)


@given(st.dictionaries(st.integers(1, 40), cents, min_size=1), st.data())
def test_shares_add_up_and_none_is_more_than_its_line(bases, data):
    whole = sum(bases.values(), ZERO)
    amount = data.draw(st.integers(0, int(whole / CENT))) * CENT
    shares = spread(amount, bases)
    assert sum(shares.values()) == (amount if whole else ZERO)
    assert all(ZERO <= shares[key] <= bases[key] for key in bases)


@given(cents)
def test_whole_shillings_are_at_most_half_a_shilling_away(amount):
    assert abs(whole_units(amount) - amount) <= Decimal("0.50")
    assert whole_units(amount) % 1 == 0


def thing(number=1, quantity=1, price="100.00", list_price=None, product=None):
    price = Decimal(price)
    return QuoteLine(
        product or number, number, f"S{number}", "Thing", "thing", "", quantity, price,
        Decimal(list_price or price), "standard", Decimal(16),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("terms", "lines", "off"),
    [
        ({"kind": PERCENT, "percent": Decimal(10)}, [thing(1, 3)], "30.00"),
        ({"kind": PERCENT, "percent": Decimal(10)}, [thing(list_price="120")], "0.00"),
        ({"kind": STEPS, "steps": ((3, Decimal(5)), (6, Decimal(10)))}, [thing(1, 2)], "0.00"),
        # Units of all that fits are counted together.
        (
            {"kind": STEPS, "steps": ((3, Decimal(5)), (6, Decimal(10)))},
            [thing(1, 2), thing(2, 4)],
            "60.00",
        ),
        # Two paid, the cheapest free; of seven units two sets of three are full.
        (
            {"kind": BUNDLE, "buy": 2, "get": 1, "percent": Decimal(100)},
            [thing(1, 6), thing(2, 1, "40")],
            "140.00",
        ),
        ({"kind": BUNDLE, "buy": 1, "get": 1, "percent": Decimal(50)}, [thing(1, 3)], "50.00"),
    ],
)
def test_what_an_offer_takes_off(terms, lines, off):
    reduced = with_offers(lines, [OfferTerms(id=1, name="Offer", **terms)])
    assert sum(line.discount for line in reduced) == Decimal(off)


def test_of_two_offers_each_line_gets_the_better_one():
    tenth = OfferTerms(1, "A tenth off", PERCENT, Decimal(10))
    fruit = OfferTerms(2, "Fruit week", PERCENT, Decimal(20), everything=False, product_ids={2})
    reduced = with_offers([thing(1), thing(2)], [fruit, tenth])
    assert [line.cuts[0].name for line in reduced] == ["A tenth off", "Fruit week"]


def test_a_voucher_leaves_what_an_offer_made_cheaper_unless_it_comes_on_top():
    lines = with_offers(
        [thing(1), thing(2)],
        [OfferTerms(1, "Fruit week", PERCENT, Decimal(20), everything=False, product_ids={2})],
    )
    alone, _ = with_voucher(lines, VoucherTerms(1, "K", PERCENT, Decimal(10)), NOW)
    assert [line.net for line in alone] == [Decimal("90.00"), Decimal("80.00")]
    on_top, _ = with_voucher(
        lines, VoucherTerms(1, "K", PERCENT, Decimal(10), combinable=True), NOW
    )
    assert [line.net for line in on_top] == [Decimal("90.00"), Decimal("72.00")]


def rate(price, **steps):
    steps = {key: value if value is None else Decimal(value) for key, value in steps.items()}
    return Rate("bus", "Bus", "", True, ("Nakuru",), Decimal(price), None, **steps)


@pytest.mark.parametrize(
    ("subtotal", "weight", "fee"),
    [
        (500, "1", 200),
        (500, "2.000", 200),
        (500, "2.001", 350),
        (500, "11", None),
        # Who buys for much pays less, however heavy it is.
        (5_000, "30", 150),
    ],
)
def test_the_rate_goes_by_value_and_weight(subtotal, weight, fee):
    rates = [
        rate(350, max_weight=10),
        rate(200, max_weight=2),
        rate(150, from_value=5_000),
    ]
    options = delivery_options(
        rates, region="nakuru", subtotal=Decimal(subtotal), weight=Decimal(weight)
    )
    assert [option.fee for option in options] == ([] if fee is None else [fee])
