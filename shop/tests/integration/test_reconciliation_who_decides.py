"""Who sees money, who decides about it, and what the desk costs."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from shop.customers.models import User
from shop.payments.models import Payment, Refund, ReviewStep
from shop.tests import mpesa
from shop.tests.desk import transfer
from shop.tests.factories import first_variant, make_product

pytestmark = pytest.mark.django_db

DESK = reverse("money")


@pytest.fixture
def pot(shop_site, settings):
    mpesa.set_up(settings, "http://127.0.0.1:9")
    return first_variant(make_product("Clay pot", price="116.50", stock=50))


@pytest.fixture
def order(pot):
    """An order of KSh 417 that waits for its money."""
    return mpesa.place("0712 345 678", "cash_on_delivery", variant=pot)


def step(client, payment, name, **words):
    return client.post(reverse("money_step", args=[payment.pk, name]), words, follow=True)


def rows(client, section):
    return client.get(DESK, {"section": section}).context["rows"]


SCREENS = ("money", "money_statements", "money_days", "money_days_file")


@pytest.mark.parametrize(
    ("role", "sees", "decides"),
    [
        (None, False, False),
        ("Editors", False, False),
        ("Support", True, False),
        ("Order desk", True, False),
        ("Finance", True, True),
        ("Managers", True, True),
    ],
)
def test_who_sees_money_and_who_decides(client, order, role, sees, decides):
    payment = transfer("nobody", 417, "SGJ1X2K9Q2")
    person = User.objects.create_user("amina")
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    if role:
        person.groups.add(Group.objects.get(name=role))
    client.force_login(person)
    for name in SCREENS:
        assert (client.get(reverse(name)).status_code == 200) is sees, name
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (f'"{DESK}"' in menu) is sees
    if sees:
        assert bool(rows(client, "unmatched")[0].buttons) is decides
    client.post(reverse("money_match_order", args=[payment.pk, order.pk]))
    order.refresh_from_db()
    assert (order.payment_status == "paid") is decides


def test_who_may_not_refund_gives_nothing_back_here_either(client, order):
    person = User.objects.create_user("brian")
    rights = ("access_admin", "view_payment", "change_payment")
    person.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    client.force_login(person)
    payment = transfer(order.number, 500, "SGJ1X2K9Q1")
    (row,) = rows(client, "over")
    taken = [button.url.rstrip("/").split("/")[-1] for button in row.buttons]
    assert taken == ["accept", "match", "note", "close"]
    for name in ("refund", "surplus"):
        step(client, payment, name, note="x")
    refund = Refund.objects.create(payment=payment, amount=1, currency="KES", state="by_hand")
    assert rows(client, "refunds")[0].buttons == []
    client.post(reverse("money_refund", args=[refund.pk, "sent"]), {"reference": "x"})
    assert list(Refund.objects.values_list("state", flat=True)) == ["by_hand"]


def test_a_visitor_sees_nothing(client, shop_site):
    for name in SCREENS:
        assert client.get(reverse(name)).status_code == 302


@pytest.mark.parametrize("section", ["unmatched", "short", "refunds"])
def test_a_full_section_costs_no_more_queries(
    admin_client, pot, section, django_assert_max_num_queries
):
    for number in range(1, 31):
        if section == "unmatched":
            transfer(f"nobody {number}", 5, f"SGJ1X2K{number:03}")
            continue
        payment = Payment.objects.create(
            order=mpesa.place("0712345678", "cash_on_delivery", variant=pot) if number < 4 else
            Payment.objects.first().order,
            method="mpesa", state="review", amount=417, received=400, currency="KES",
            reason_code="amount", receipt=f"SGJ1X2K{number:03}",
        )  # fmt: skip
        ReviewStep.objects.create(payment=payment, kind="noted", note="x", actor="amina")
        if section == "refunds":
            Refund.objects.create(payment=payment, amount=1, currency="KES", state="by_hand")
    admin_client.get(DESK, {"section": section})
    with django_assert_max_num_queries(25):
        assert len(rows(admin_client, section)) == 25
    with django_assert_max_num_queries(25):
        page = admin_client.get(DESK, {"section": section, "p": 2})
    assert len(page.context["rows"]) == 5
