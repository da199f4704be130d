"""What the people of the shop do with money in a history: note, refund, place and accept it."""

from decimal import Decimal
from typing import Any

from django.db.models import Q
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from shop.flows.accept_payment import accept_payment, ask_for_rest
from shop.flows.ask_for_money import ask_for_money
from shop.flows.confirm_payment import confirm_payment
from shop.flows.match_review import match_review
from shop.flows.refund_order import RefundedLine, refund_order
from shop.flows.refund_outcome import give_up, note_by_hand
from shop.flows.refund_review import refund_review
from shop.orders.models import Order
from shop.payments.actions.reviews import close_review, note_review
from shop.payments.actions.statements import apply_statement, compare_statement
from shop.payments.models import Payment, Refund
from shop.payments.reconciliation import rules as desk
from shop.tests import mpesa
from shop.tests.histories.buyers import ANY, PHONES, have_orders
from shop.tests.histories.floor import ShopFloor
from shop.tests.histories.outside import MONEY

WHO = "amina"
STEPS = {
    desk.ACCEPT: lambda pk: accept_payment(payment_id=pk, actor=WHO),
    desk.SURPLUS: lambda pk: accept_payment(payment_id=pk, actor=WHO, give_surplus_back=True),
    desk.REST: lambda pk: ask_for_rest(payment_id=pk, actor=WHO),
    desk.REFUND: lambda pk: refund_review(payment_id=pk, actor=WHO, note="Too much"),
    desk.NOTE: lambda pk: note_review(payment_id=pk, actor=WHO, note="Called"),
    desk.CLOSE: lambda pk: close_review(payment_id=pk, actor=WHO, note="Given back at the door"),
}


def on_the_desk() -> Any:
    """Return the payments that people may have to look at."""
    stray = Q(state=Payment.State.PAID) & (Q(order=None) | Q(order__status="cancelled"))
    return Payment.objects.filter(Q(state=Payment.State.REVIEW) | stray).order_by("pk")


class MoneyDesk(ShopFloor):
    """People who look after money."""

    @precondition(have_orders)
    @rule(which=ANY, named=st.booleans())
    def staff_notes_money(self, which: int, named: bool) -> None:
        """By hand, or with the receipt of money that a phone sent for it."""
        order = Order.objects.get(pk=self.order(which))
        if order.payment_status != Order.PaymentStatus.UNPAID:
            return
        opened = order.payments.filter(state=Payment.State.PENDING).order_by("pk").last()
        if opened is not None and opened.method == "bank_transfer":
            return  # a statement tells
        tokens = set(order.payments.values_list("notify_token", flat=True))
        receipts = [
            p.receipt
            for p in self.outside.prompts
            if p.token in tokens and p.code == MONEY and not p.odd
        ]
        with self.here():
            if named and receipts:
                confirm_payment(order_id=order.pk, reference=receipts[0])
            elif not named:
                confirm_payment(order_id=order.pk)
                paid = order.payments.filter(state=Payment.State.PAID, receipt=None)
                latest = paid.order_by("received_at", "pk").last()
                self.outside.by_hand[latest.received] += 1

    @precondition(have_orders)
    @rule(
        which=ANY,
        place=ANY,
        what=st.sampled_from(["whole", "amount", "line", "line"]),
        restock=st.booleans(),
        sent=st.booleans(),
    )
    def staff_refunds(self, which: int, place: int, what: str, restock: bool, sent: bool) -> None:
        order = Order.objects.get(pk=self.order(which))
        with self.here():
            refund_order(
                order_id=order.pk,
                amount=Decimal(50) if what == "amount" else None,
                lines=[RefundedLine(self.line(order.pk, place), 1, restock)]
                if what == "line"
                else [],
                reference="cash" if sent else "",
            )

    @precondition(lambda self: self.undecided())
    @rule(
        which=ANY,
        code=st.sampled_from([MONEY, MONEY, 1, 2001]),
        times=st.sampled_from([1, 1, 2, 0]),
    )
    def daraja_sends_back_or_not(self, which: int, code: int, times: int) -> None:
        undecided = self.undecided()
        reversal = undecided[which % len(undecided)]
        reversal.code, reversal.waiting = code, times

    def undecided(self) -> list:
        return [reversal for reversal in self.outside.reversals if reversal.code is None]

    @precondition(lambda self: Refund.objects.exists())
    @rule()
    def staff_looks_after_refunds(self) -> None:
        """Send by hand what Daraja cannot, and say what became of what nobody told."""
        for refund in Refund.objects.filter(state__in=["by_hand", "sent"]).order_by("pk"):
            reversal = self.outside.became_of(refund)
            if reversal is not None and reversal.code is None:
                continue  # it may still go
            with self.here():
                if refund.state == "sent" and (reversal is None or reversal.code != MONEY):
                    give_up(refund_id=refund.pk)
                else:
                    note_by_hand(refund_id=refund.pk, reference="by hand")

    @precondition(lambda self: on_the_desk().exists())
    @rule(which=ANY, step=st.sampled_from(sorted(STEPS)))
    def staff_settles_a_review(self, which: int, step: str) -> None:
        held = on_the_desk()
        payment = held[which % len(held)]
        with self.here():
            STEPS[step](payment.pk)

    @precondition(lambda self: self.orders and on_the_desk().exists())
    @rule(which=ANY, order=ANY)
    def staff_matches_money(self, which: int, order: int) -> None:
        held = on_the_desk()
        payment = held[which % len(held)]
        with self.here():
            match_review(payment_id=payment.pk, order_id=self.order(order), actor=WHO)

    @rule(amount=st.sampled_from(["117", "850", "967"]), phone=st.sampled_from(PHONES))
    def staff_asks_a_phone(self, amount: str, phone: str) -> None:
        """For what no order says, such as a repair; people may match it later."""
        with self.here():
            ask_for_money(amount=Decimal(amount), phone=phone)

    @precondition(lambda self: self.outside.came)
    @rule(bank=st.booleans(), strays=st.booleans())
    def staff_brings_a_statement(self, bank: bool, strays: bool) -> None:
        """Of all money until now; what was told of before is known."""
        with self.here():
            file = self.outside.bank_statement() if bank else self.outside.statement()
            read = compare_statement(file=file, filename="november.csv")
            assert not read.problems, read.problems
            apply_statement(import_id=read.pk, strays=strays)
            mpesa.work()
