"""What a statement may do to the shop: who brings it, what it costs, and what is forgotten."""

import io

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_q.models import OrmQ

from shop.customers.models import User
from shop.customers.signals import Traces, person_leaves
from shop.notifications.models import Message
from shop.payments.actions.statements import apply_statement, compare_statement
from shop.payments.models import Payment, ProviderEvent, StatementImport, StatementLine
from shop.payments.tasks import sweep
from shop.tests import mpesa
from shop.tests.desk import apply_statement_page as apply
from shop.tests.desk import bring_statement as bring
from shop.tests.desk import statement
from shop.tests.factories import first_variant, make_product

pytestmark = pytest.mark.django_db

LIST = reverse("money_statements")


@pytest.fixture
def pot(shop_site, settings):
    mpesa.set_up(settings, "http://127.0.0.1:9")
    return first_variant(make_product("Clay pot", price="116.50", stock=50))


@pytest.fixture
def place(pot):
    return lambda: mpesa.place("0712345678", variant=pot)


def look(client, taken):
    return client.get(reverse("money_statement", args=[taken.pk]))


def test_what_a_payer_wrote_runs_nowhere(admin_client, pot):
    evil = "<script>alert(1)</script>"
    taken = bring(admin_client, statement(("SGJ1X2K9Q1", 90, evil)), "<b>x</b>.csv")
    page = look(admin_client, taken).content.decode()
    assert evil not in page
    assert "&lt;script&gt;" in page
    apply(admin_client, taken)
    assert evil not in admin_client.get(reverse("money")).content.decode()


def test_who_may_only_look_brings_and_applies_nothing(client, pot, admin_client):
    taken = bring(admin_client, statement(("SGJ1X2K9Q1", 90, "x")))
    person = User.objects.create_user("brian")
    person.groups.add(Group.objects.get(name="Support"))
    client.force_login(person)
    assert client.get(LIST).context["form"] is None
    assert b"Apply the statement" not in look(client, taken).content
    client.post(reverse("money_statement_apply", args=[taken.pk]))
    client.post(LIST, {"file": SimpleUploadedFile("y.csv", statement().encode())})
    taken.refresh_from_db()
    assert (taken.state, StatementImport.objects.count()) == ("compared", 1)


def test_a_long_statement_costs_no_more_queries(admin_client, place, django_assert_max_num_queries):
    number = place().number
    rows = [(f"SGJ1X{n:05}", 417, number if n % 2 else "x") for n in range(120)]
    taken = bring(admin_client, statement(*rows))
    look(admin_client, taken)
    with django_assert_max_num_queries(25):
        assert len(look(admin_client, taken).context["missing"]) == 120
    apply_statement(import_id=taken.pk)
    OrmQ.objects.all().delete()
    with django_assert_max_num_queries(25):
        assert len(look(admin_client, taken).context["found"]) == 120
    with django_assert_max_num_queries(20):
        admin_client.get(LIST)


def test_money_that_names_no_order_may_stay_out_and_nobody_is_woken(admin_client, place):
    order = place()
    rows = ("SGJ1X2K9Q1", 417, order.number), ("SGJ1X2K9Q2", 9, "rent"), ("SGJ1X2K9Q3", 8, "rent")
    taken = bring(admin_client, statement(*rows))
    assert "without the 2 rows that name no order" in look(admin_client, taken).content.decode()
    apply(admin_client, taken, without_strays="on")
    order.refresh_from_db()
    assert (order.payment_status, taken.lines.count()) == ("paid", 1)
    assert not Payment.objects.filter(order=None).exists()
    # Later they may come after all.
    later = apply(admin_client, bring(admin_client, statement(*rows)))
    assert (later.known, later.lines.count()) == (1, 2)
    assert Payment.objects.filter(order=None, state="review").count() == 2
    assert not Message.objects.filter(event="alert").exists()


def test_of_a_file_that_nobody_applied_nothing_stays(pot):
    file = io.BytesIO(statement(("SGJ1X2K9Q1", 90, "x")).encode())
    taken = compare_statement(file=file, filename="x.csv")
    with mpesa.later(days=6):
        sweep()
        assert StatementImport.objects.filter(pk=taken.pk).exists()
    with mpesa.later(days=8):
        sweep()
    assert not StatementImport.objects.exists()


def test_who_leaves_is_not_named_by_a_statement(admin_client, place):
    order = place()
    apply(admin_client, bring(admin_client, statement(("SGJ1X2K9Q1", 417, order.number))))
    person_leaves.send(sender=User, traces=Traces((order.pk,)))
    line = StatementLine.objects.get()
    assert (line.payer, line.details, line.receipt) == ("", "", "SGJ1X2K9Q1")
    assert "OTIENO" not in ProviderEvent.objects.get(kind="statement").body
