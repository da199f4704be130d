"""What buyers, phones, the network and the worker do in a history, in any order."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from decimal import Decimal

from django.core import mail
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from shop.core.clock import fixed, now
from shop.core.errors import ShopError
from shop.flows.cancel_order import cancel_order
from shop.flows.pay_order import pay_order
from shop.flows.place_order import Purchase, place_order
from shop.flows.release_unpaid_orders import release_unpaid_orders
from shop.notifications.models import Message
from shop.notifications.tasks import deliver_for_order
from shop.orders.contact import Contact, Place
from shop.orders.models import Order
from shop.payments.queries import amount_due, left_to_pay
from shop.tests import mpesa
from shop.tests.fakes import daraja
from shop.tests.fakes.africastalking import FakeAfricasTalking
from shop.tests.histories import checks
from shop.tests.histories.outside import MONEY, Outside

PHONES = ("0712345601", "0712345602", "0722000111")
VOUCHER = "KARIBU"
MOST_ORDERS = 4
ANY = st.integers(0, 11)  # which one of what there is
OFF = st.sampled_from([0, 0, 0, -1, -60, 5])  # how far an amount is from what is asked for

# What Daraja makes of a request: taken, taken and the answer lost, refused for now, refused.
REPLIES = {
    "well": None,
    "lost": daraja.reset,
    "cut": daraja.cut_json,
    "busy": daraja.busy,
    "locked": daraja.locked,
    "page": lambda: daraja.Reply(503, b"<html>", "text/html"),
}


def have_orders(history: "BuyersAndNetwork") -> bool:
    """Tell whether there is an order that something can happen to."""
    return bool(history.orders)


class BuyersAndNetwork(RuleBasedStateMachine):
    """A few orders in one small shop; set `fake`, `sms` and `variants` before it runs."""

    fake: daraja.FakeDaraja
    sms: FakeAfricasTalking
    variants: list[int]

    def __init__(self) -> None:
        super().__init__()
        self.history = transaction.atomic()
        self.history._from_testcase = True  # type: ignore[attr-defined]
        self.history.__enter__()
        self.moment: datetime = now()
        self.outside = Outside(self.fake)
        self.sms_before = len(self.sms.requests)
        self.mails_before = len(mail.outbox)
        self.orders: list[int] = []

    @contextmanager
    def here(self) -> Iterator[None]:
        """Act now; what the domain refuses changes nothing."""
        self.fake.forget_script()
        with fixed(self.moment), suppress(ShopError):
            yield
        self.outside.look()

    def order(self, place: int) -> int:
        return self.orders[place % len(self.orders)]

    # Buyers

    @precondition(lambda self: len(self.orders) < MOST_ORDERS)
    @rule(
        units=st.tuples(st.integers(0, 3), st.integers(0, 2)).filter(any),
        method=st.sampled_from(["mpesa", "mpesa", "cash_on_delivery", "bank_transfer"]),
        phone=st.sampled_from(PHONES),
        voucher=st.sampled_from(["", "", VOUCHER]),
    )
    def somebody_orders(
        self, units: tuple[int, int], method: str, phone: str, voucher: str
    ) -> None:
        wanted = {v: n for v, n in zip(self.variants, units, strict=True) if n}
        purchase = Purchase(
            Contact("Wanjiku Kamau", phone, "wanjiku@example.org"),
            Place("Nairobi", "Kilimani", "Blue gate"),
            payment_method=method,
            voucher=voucher,
        )
        with self.here():
            self.orders.append(place_order(wanted, purchase).pk)

    @precondition(have_orders)
    @rule(
        which=ANY,
        phone=st.sampled_from(PHONES),
        method=st.sampled_from(["mpesa", "mpesa", "cash_on_delivery", "bank_transfer"]),
    )
    def pays(self, which: int, phone: str, method: str) -> None:
        with self.here():
            pay_order(order_id=self.order(which), method=method, phone=phone)

    @precondition(have_orders)
    @rule(which=ANY, staff=st.booleans(), only_unpaid=st.booleans())
    def cancels(self, which: int, staff: bool, only_unpaid: bool) -> None:
        with self.here():
            cancel_order(order_id=self.order(which), by_customer=not staff, only_unpaid=only_unpaid)

    @precondition(have_orders)
    @rule(which=ANY, off=OFF, known=st.booleans())
    def pays_by_paybill(self, which: int, off: int, known: bool) -> None:
        order = Order.objects.get(pk=self.order(which))
        amount = amount_due(order) + off
        if amount > 0:
            self.outside.transfer(order.number if known else "RENT", amount)

    @precondition(have_orders)
    @rule(which=ANY, off=OFF, known=st.booleans())
    def transfers_by_bank(self, which: int, off: int, known: bool) -> None:
        order = Order.objects.get(pk=self.order(which))
        amount = left_to_pay(order) + off
        if amount > 0:
            reference = f"Order {order.readable_number} thanks" if known else "RENT"
            self.outside.transfer_by_bank(reference, amount)

    @precondition(lambda self: self.ringing())
    @rule(
        which=ANY,
        code=st.sampled_from([MONEY, MONEY, MONEY, 1032, 2001, 1037]),
        times=st.sampled_from([1, 1, 2, 0]),
        odd=st.sampled_from([0, 0, 0, 0, -1]),
    )
    def answers_the_phone(self, which: int, code: int, times: int, odd: int) -> None:
        ringing = self.ringing()
        prompt = ringing[which % len(ringing)]
        if code == MONEY:
            self.outside.pay(prompt, max(prompt.amount + odd, Decimal(1)), times)
        else:
            prompt.code, prompt.waiting = code, times

    def ringing(self) -> list:
        return [prompt for prompt in self.outside.prompts if prompt.code is None]

    # The network and the worker

    @precondition(lambda self: not self.outside.told_all())
    @rule(which=ANY)
    def news_arrives(self, which: int) -> None:
        with self.here():
            self.outside.tell(which)
            mpesa.work()

    @precondition(have_orders)
    @rule(reply=st.sampled_from(sorted(REPLIES)), reversal=st.sampled_from(sorted(REPLIES)))
    def the_worker_works(self, reply: str, reversal: str) -> None:
        with self.here():
            for kind, how in ((daraja.PROMPT, reply), (daraja.REVERSAL, reversal)):
                if make := REPLIES[how]:
                    self.fake.script(kind, make())
            self.work()

    def work(self) -> None:
        mpesa.work()
        due = Message.objects.filter(state="due", order_id__isnull=False)
        for order_id in set(due.values_list("order_id", flat=True)):
            deliver_for_order(order_id)

    @rule(minutes=st.sampled_from([0.5, 3, 20, 61, 600]))
    def time_passes(self, minutes: float) -> None:
        self.moment += timedelta(minutes=minutes)
        with self.here():
            self.outside.answer_questions()
            mpesa.sweep()
            release_unpaid_orders()

    # What is always true

    @invariant()
    def everything_adds_up(self) -> None:
        checks.stock_adds_up()
        for order in Order.objects.filter(pk__in=self.orders):
            checks.goods_are_in_one_place(order)
            checks.paid_is_what_came(order)
            checks.the_timeline_tells(order)
            checks.its_voucher_counts(order)
        checks.refunds_stay_within()
        checks.money_is_not_dreamt(self.outside)
        checks.more_never_went_back_than_came(self.outside)
        checks.numbers_have_no_gaps()
        checks.messages_leave_once(self.sms, self.sms_before)
        checks.mails_leave_once(mail.outbox[self.mails_before :])
