"""A statement finds the money that nobody told of, and tells of what does not fit; once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shop.payments.actions.statements import apply_statement
from shop.payments.models import Payment, ProviderEvent, StatementImport, StatementLine
from shop.tests import mpesa
from shop.tests.desk import apply_events, statement, transfer
from shop.tests.desk import apply_statement_page as apply
from shop.tests.desk import bring_statement as bring
from shop.tests.factories import first_variant, make_product

pytestmark = pytest.mark.django_db

LIST = reverse("money_statements")


@pytest.fixture
def pot(shop_site, settings):
    mpesa.set_up(settings, "http://127.0.0.1:9")
    return first_variant(make_product("Clay pot", price="116.50", stock=50))


@pytest.fixture
def place(pot):
    return lambda phone="0712345678", way="mpesa": mpesa.place(phone, way, variant=pot)


def look(client, taken):
    return client.get(reverse("money_statement", args=[taken.pk]))


def figures(page):
    return {str(label): figure for label, figure in page.context["figures"]}


def everything():
    return (
        list(Payment.objects.order_by("pk").values_list("state", "received", "order")),
        list(ProviderEvent.objects.order_by("pk").values_list("state", "outcome")),
        list(StatementLine.objects.order_by("pk").values_list("receipt", "amount", "event")),
    )


def test_a_lost_callback_is_found_and_pays_its_order(admin_client, place):
    order = place()
    taken = bring(admin_client, statement(("SGJ1X2K9Q1", "417.00", order.readable_number)))
    page = look(admin_client, taken)
    (row,) = page.context["missing"]
    assert (row.order, row.words) == (order, "pays the order")
    assert (taken.state, Payment.objects.filter(state="paid").exists()) == ("compared", False)
    apply(admin_client, taken)
    order.refresh_from_db()
    assert order.payment_status == "paid"
    assert order.payments.get(state="paid").receipt == "SGJ1X2K9Q1"
    found = figures(look(admin_client, taken))
    assert (found["Found money"], found["of it settled"], found["Refused rows"]) == (1, 1, 0)
    event = ProviderEvent.objects.get(kind="statement")
    assert (event.state, event.payment.order) == ("applied", order)
    assert (taken.applied_by.username, taken.rows) == ("admin", [])


@pytest.mark.parametrize(
    ("amount", "number", "forecast", "section"),
    [
        ("400", "{}", "is too little: it waits at the desk", "amount"),
        ("1,500.00", "order {}", "is too much: it waits at the desk", "amount"),
        ("417", "rent", "names no order: it waits at the desk", "unmatched"),
    ],
)
def test_what_does_not_fit_waits_at_the_desk(
    admin_client, place, amount, number, forecast, section
):
    row = ("SGJ1X2K9Q1", amount, number.format(place().number))
    taken = bring(admin_client, statement(row))
    assert look(admin_client, taken).context["missing"][0].words == forecast
    apply(admin_client, taken)
    payment = Payment.objects.get(receipt="SGJ1X2K9Q1")
    assert (payment.state, payment.reason_code) == ("review", section)
    assert figures(look(admin_client, taken))["of it at the desk"] == 1


def test_money_on_top_and_for_a_cancelled_order_is_foretold(admin_client, place):
    paid, cancelled = place(way="cash_on_delivery"), place("0722000111", "cash_on_delivery")
    transfer(paid.number, 417, "SGJ1X2K9Q1")
    type(cancelled).objects.filter(pk=cancelled.pk).update(status="cancelled")
    rows = [("SGJ1X2K9Q2", 417, paid.number), ("SGJ1X2K9Q3", 417, cancelled.number)]
    missing = look(admin_client, bring(admin_client, statement(*rows))).context["missing"]
    assert ["on top" in row.words for row in missing] == [True, False]
    assert "takes the cancelled order up again" in missing[1].words


def test_the_same_file_again_changes_nothing(admin_client, place):
    content = statement(("SGJ1X2K9Q1", 417, place().number), ("SGJ1X2K9Q2", 90, "rent"))
    first, second = bring(admin_client, content), bring(admin_client, content, "again.csv")
    apply(admin_client, first)
    before = everything()
    for taken in (first, second, bring(admin_client, content, "once more.csv")):
        apply(admin_client, taken)
    assert everything() == before
    second.refresh_from_db()
    assert (second.known, second.lines.count()) == (2, 0)
    assert figures(look(admin_client, second))["Known before"] == 2


def test_money_that_was_told_of_is_left_alone(admin_client, place):
    order = place(way="cash_on_delivery")
    transfer(order.number, 417, "SGJ1X2K9Q1")
    taken = bring(admin_client, statement(("SGJ1X2K9Q1", 417, order.number)))
    assert figures(look(admin_client, taken))["Fit"] == 1
    before = everything()[:2]
    apply(admin_client, taken)
    assert everything()[:2] == before
    assert StatementLine.objects.get().event is None


def test_word_that_waits_for_the_worker_is_not_told_twice(admin_client, place):
    order = place(way="cash_on_delivery")
    taken = bring(admin_client, statement(("SGJ1X2K9Q1", 417, order.number)))
    apply_statement(import_id=taken.pk)
    again = bring(admin_client, statement(("SGJ1X2K9Q1", 417, order.number)))
    assert look(admin_client, again).context["missing"] == []
    assert look(admin_client, taken)["Refresh"] == "3"
    apply_events()
    assert "Refresh" not in look(admin_client, taken)
    assert order.payments.filter(state="paid").count() == 1


def test_the_receipt_of_a_prompt_that_a_question_settled_is_filled_in(admin_client, place):
    order = place()
    payment = order.payments.get()
    Payment.objects.filter(pk=payment.pk).update(
        state="paid", received=417, asked_at=order.placed_at, provider_id="ws_1"
    )
    type(order).objects.filter(pk=order.pk).update(payment_status="paid")
    apply(admin_client, bring(admin_client, statement(("SGJ1X2K9Q1", 417, order.number))))
    payment.refresh_from_db()
    assert (payment.receipt, payment.state, Payment.objects.count()) == ("SGJ1X2K9Q1", "paid", 1)


def test_amounts_that_differ_are_told_and_nothing_changes(admin_client, place):
    order = place(way="cash_on_delivery")
    transfer(order.number, 417, "SGJ1X2K9Q1")
    taken = bring(admin_client, statement(("SGJ1X2K9Q1", 471, order.number)))
    for page in (look(admin_client, taken), look(admin_client, apply(admin_client, taken))):
        assert figures(page)["Another amount"] == 1
        assert [entry.noted for entry in page.context["amounts"]] == [417]
    later = bring(admin_client, statement(("SGJ1X2K9Q1", 417, order.number)))
    (entry,) = look(admin_client, later).context["contradicted"]
    assert entry.noted == 471
    apply(admin_client, later)
    assert (later.contradicted, later.lines.count()) == (1, 0)


def test_money_that_only_a_callback_told_of_is_listed(admin_client, place):
    order, forged = place(way="cash_on_delivery"), place("0722000111", "cash_on_delivery")
    transfer(order.number, 417, "SGJ1X2K9Q1")
    transfer(forged.number, 417, "SGJ1X2K9QF")
    transfer("rent", 5, "SGJ1X2K9QL", TransTime="20261120134500")  # of another day
    taken = bring(admin_client, statement(("SGJ1X2K9Q1", 417, order.number)))
    for page in (look(admin_client, taken), look(admin_client, apply(admin_client, taken))):
        assert [each.payment.receipt for each in page.context["untold"]] == ["SGJ1X2K9QF"]
        assert forged.readable_number in page.content.decode()


def test_a_banks_list_pays_orders_by_the_number_in_its_words(admin_client, place, settings):
    settings.BANK_TRANSFER_DETAILS = "Equity 0123456789"
    order = place(way="bank_transfer")
    content = (
        "date;reference;amount;payer\n"
        f"2026-11-21;MPESA {order.readable_number} thanks;416.50;Mama\n"
        "2026-11-21;rent;90;Baba\n"
    )
    taken = bring(admin_client, content)
    found = Payment.objects.get(order=order)
    due = found.amount
    content = content.replace("416.50", str(due))
    taken = bring(admin_client, content)
    apply(admin_client, taken)
    order.refresh_from_db()
    found.refresh_from_db()
    assert (order.payment_status, found.state, found.method) == ("paid", "paid", "bank_transfer")
    stray = Payment.objects.get(order=None)
    assert (stray.method, stray.state, stray.received) == ("bank_transfer", "review", 90)


def test_bad_rows_are_told_by_line_and_column_and_good_ones_applied(admin_client, place):
    order = place()
    content = statement(("SGJ1X2K9Q1", "KSh 4", "x"), ("SGJ1X2K9Q2", 417, order.number))
    taken = bring(admin_client, content)
    page = look(admin_client, taken).content.decode()
    assert "Paid In" in page
    assert "is not an amount" in page
    apply(admin_client, taken)
    order.refresh_from_db()
    assert (order.payment_status, taken.refused) == ("paid", 1)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"),
        ("sku,name\nA,B\n", "no row that names its columns"),
        (statement(("SGJ1X2K9Q1", 1, "x"), account="999999"), "This statement is of 999999"),
    ],
)
def test_a_bad_file_is_refused_and_nothing_written(admin_client, pot, content, words):
    sent = SimpleUploadedFile("x.csv", content.encode())
    page = admin_client.post(LIST, {"file": sent}).content.decode()
    assert words in page
    assert not StatementImport.objects.exists()
