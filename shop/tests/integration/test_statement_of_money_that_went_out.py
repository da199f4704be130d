"""A statement tells of money that went out: it is held against the refunds that were noted."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.timezone import make_aware

from shop.core.clock import fixed
from shop.flows.refund_order import refund_payment
from shop.flows.refund_outcome import finish, locked
from shop.payments.actions.statements import forget_compared_statements
from shop.payments.models import OutgoingLine, Refund, StatementImport
from shop.tests import mpesa
from shop.tests.desk import apply_statement_page as apply
from shop.tests.desk import bring_statement as bring
from shop.tests.desk import transfer
from shop.tests.factories import first_variant, make_product

pytestmark = pytest.mark.django_db

TITLES = (
    "Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,Other Party Info,"
    "Linked Transaction ID,A/C No."
)
NOON = make_aware(datetime(2026, 11, 21, 13, 45))


@pytest.fixture
def pay(shop_site, settings):
    """Let an order be paid by Paybill, under this receipt."""
    mpesa.set_up(settings, "http://127.0.0.1:9")
    pot = first_variant(make_product("Clay pot", price="116.50", stock=50))

    def paid(receipt):
        order = mpesa.place("0712345678", "cash_on_delivery", variant=pot)
        payment = transfer(order.number, 417, receipt)
        assert payment.state == "paid"
        return payment

    return paid


def gone(receipt, amount, linked="", details="Pay Bill Reversal"):
    return f'{receipt},21-11-2026 13:45:00,{details},Completed,,-{amount},"",{linked},'


def came(receipt, time="13:45:00"):
    return f'{receipt},21-11-2026 {time},Pay Bill,Completed,5.00,,"2547 - X",,rent'


def statement(*rows):
    return "\n".join([TITLES, *rows, ""])


def look(client, taken):
    return client.get(reverse("money_statement", args=[taken.pk]))


def sent_back(payment, amount, **how):
    """Refund some of a payment's money; with a receipt it is M-Pesa that said so."""
    refund = refund_payment(payment_id=payment.pk, amount=Decimal(amount))
    if how:
        with fixed(NOON):
            finish(locked(refund.pk), **how)
    refund.refresh_from_db()
    return refund


def shown(page):
    return [
        (row.receipt, row.badge, row.refund and row.refund.pk) for row in page.context["outgoing"]
    ]


def test_each_row_that_went_out_says_which_refund_it_is(admin_client, pay):
    told, by_hand = pay("SGJ1X2K9Q1"), pay("SGJ1X2K9Q2")
    waits, nobody = pay("SGJ1X2K9Q3"), pay("SGJ1X2K9Q4")
    same = sent_back(told, 100, reference="SGR0000001", receipt="SGR0000001")
    noted = sent_back(by_hand, 50, reference="sgr0000002")
    still = sent_back(waits, 70)
    rows = [
        gone("SGR0000001", "100.00", "SGJ1X2K9Q1"),
        gone("SGR0000002", "60.00"),
        gone("SGR0000003", "70.00", "SGJ1X2K9Q3"),
        gone("SGR0000004", "417.00", "SGJ1X2K9Q4"),
        gone("SGR0000005", "9,000.00", details="To the bank").replace("9,000.00", "9000.00"),
    ]
    taken = bring(admin_client, statement(*rows))
    for page in (look(admin_client, taken), look(admin_client, apply(admin_client, taken))):
        assert shown(page) == [
            ("SGR0000002", "Another amount", noted.pk),
            ("SGR0000003", "Still open", still.pk),
            ("SGR0000004", "Not noted", None),
            ("SGR0000005", "", None),
            ("SGR0000001", "Fits", same.pk),
        ]
        assert page.context["not_gone"] == []
        assert dict(page.context["figures"])["Went out, to look at"] == 3
        text = page.content.decode()
        assert "Money that went out" in text
        assert nobody.order.readable_number in text
    # Nothing is made of it.
    assert set(Refund.objects.values_list("state", flat=True)) == {"done", "by_hand"}


def test_one_refund_answers_for_one_row(admin_client, pay):
    payment = pay("SGJ1X2K9Q1")
    first = sent_back(payment, 100, reference="by hand")
    rows = [gone(f"SGR000000{n}", "100.00", "SGJ1X2K9Q1") for n in (1, 2)]
    page = look(admin_client, bring(admin_client, statement(*rows)))
    assert shown(page) == [
        ("SGR0000002", "Not noted", None),
        ("SGR0000001", "Fits", first.pk),
    ]


def test_a_refund_that_the_statement_lacks_is_told(admin_client, pay):
    payment = pay("SGJ1X2K9Q1")
    lacking = sent_back(payment, 100, reference="SGR0000001", receipt="SGR0000001")
    sent_back(payment, 50, reference="cash")  # no statement of M-Pesa's can have this one
    span = [came("SGJ1X2K9Q8", "08:00:00"), came("SGJ1X2K9Q9", "20:00:00")]
    taken = bring(admin_client, statement(*span))
    assert [row.refund for row in look(admin_client, taken).context["not_gone"]] == [lacking]
    morning = bring(admin_client, statement(came("SGJ1X2K9Q8", "08:00:00")), "morning.csv")
    assert look(admin_client, morning).context["not_gone"] == []
    bring(admin_client, statement(gone("SGR0000001", "100.00")), "other.csv")
    assert look(admin_client, taken).context["not_gone"] == []


def test_many_rows_cost_no_more_statements(admin_client, pay, django_assert_max_num_queries):
    rows = []
    for n in range(3):
        payment = pay(f"SGJ1X2K9Q{n}")
        sent_back(payment, 100, reference=f"SGR000000{n}", receipt=f"SGR000000{n}")
        rows.append(gone(f"SGR000000{n}", "100.00", f"SGJ1X2K9Q{n}"))
    one = bring(admin_client, statement(rows[0]), "one.csv")
    three = bring(admin_client, statement(*rows), "three.csv")
    look(admin_client, one)
    with django_assert_max_num_queries(60) as few:
        look(admin_client, one)
    with django_assert_max_num_queries(len(few)):
        look(admin_client, three)


def test_a_file_that_nobody_applies_is_forgotten_with_what_went_out(admin_client, pay):
    taken = bring(admin_client, statement(gone("SGR0000001", "5.00")))
    with fixed(taken.created_at + timedelta(days=8)):
        forget_compared_statements()
    assert not StatementImport.objects.exists()
    assert not OutgoingLine.objects.exists()
