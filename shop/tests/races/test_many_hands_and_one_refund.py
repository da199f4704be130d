"""However many people give money back at once, it goes back once, and so do its units."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection

from shop.core.errors import Conflict
from shop.flows import tasks as flow_tasks
from shop.flows.refund_order import RefundedLine, refund_order
from shop.inventory.models import StockLevel
from shop.inventory.queries import ledger_problems
from shop.payments.models import Payment, Refund
from shop.tests import mpesa
from shop.tests.factories import first_variant, make_product, make_site
from shop.tests.fakes import daraja

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

HANDS = 8


@pytest.fixture
def safaricom(settings):
    with daraja.fake_daraja() as fake:
        mpesa.set_up(settings, fake.url)
        mpesa.let_reverse(settings)
        yield fake


@pytest.fixture
def pot():
    make_site()
    return first_variant(make_product("Clay pot", price="100.00", stock=9))


@pytest.fixture
def order(pot, safaricom):
    """An order of eight pots for 800 and delivery for 300, paid."""
    made = mpesa.place("0712 345 678", variant=pot, units=8)
    mpesa.work()
    payment = made.payments.get()
    mpesa.tell(payment, mpesa.paid(payment))
    return made


def at_once(jobs):
    def run(job):
        try:
            job()
        except Conflict as refusal:
            return refusal.code
        else:
            return "refunded"
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return Counter(pool.map(run, jobs))


def promised_back():
    return sum(Refund.objects.exclude(state="failed").values_list("amount", flat=True))


def test_all_of_it_is_given_back_by_one_of_many(order):
    ended = at_once([lambda: refund_order(order_id=order.pk)] * HANDS)
    assert (ended["refunded"], ended.total()) == (1, HANDS)
    payment = Payment.objects.get()
    assert (payment.refunded, payment.refundable, promised_back()) == (1100, 0, 1100)


def test_parts_never_come_to_more_than_the_whole(order, pot):
    line = order.lines.get()
    jobs = [
        lambda: refund_order(order_id=order.pk, amount=Decimal(300)),
        lambda: refund_order(order_id=order.pk, lines=[RefundedLine(line.pk, 3, restock=True)]),
    ]
    at_once(jobs * (HANDS // 2))
    payment = Payment.objects.get()
    assert payment.refunded == promised_back() <= payment.received
    back = sum(
        refunded.quantity for refund in Refund.objects.all() for refunded in refund.lines.all()
    )
    level = StockLevel.objects.get(pk=pot.pk)
    assert back <= 8
    assert (level.on_hand, level.reserved, ledger_problems()) == (9, 8 - back, [])


def test_one_wish_sent_many_times_is_served_once(order, pot):
    line = order.lines.get()
    wish = {"lines": [RefundedLine(line.pk, 2, restock=True)], "key": "one-wish"}
    ended = at_once([lambda: refund_order(order_id=order.pk, **wish)] * HANDS)
    assert ended == {"refunded": HANDS}
    assert (Refund.objects.count(), StockLevel.objects.get(pk=pot.pk).reserved) == (1, 6)


def test_one_of_many_workers_asks_daraja(order, safaricom):
    refund = refund_order(order_id=order.pk)
    at_once([lambda: flow_tasks.send_refund(refund.pk)] * HANDS)
    assert len(safaricom.of(daraja.REVERSAL)) == 1


def test_the_result_is_faster_than_the_answer(order, safaricom):
    refund = Refund.objects.get(pk=refund_order(order_id=order.pk).pk)
    reply = daraja.reversing()

    def hear_first(answer):
        body = daraja.reversal(answer["ConversationID"], amount="1100", receipt="SGREARLY01")
        try:
            mpesa.tell(refund, body)
        finally:
            connection.close()

    reply.before = hear_first
    safaricom.script(daraja.REVERSAL, reply)
    mpesa.forget_queue()
    flow_tasks.send_refund(refund.pk)
    refund.refresh_from_db()
    assert (refund.state, refund.receipt) == ("done", "SGREARLY01")
