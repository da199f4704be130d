"""For every address and method of the API and every kind of caller: the answer is as agreed."""

import json
import re

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.documents.models import Document

from shop.cart.models import Cart
from shop.catalog.models import ImportRun
from shop.customers.models import Address, User, WishlistItem
from shop.flows.ask_for_return import ask_for_return
from shop.flows.confirm_order import confirm_order
from shop.flows.pack_order import pack_order
from shop.flows.ship_order import ship_order
from shop.payments.actions import start
from shop.pricing.models import Voucher
from shop.tests.api_tokens import bearer, program_token
from shop.tests.factories import first_variant, make_category, make_image, make_product
from shop.tests.integration.permission_table import (
    BODIES,
    CALLERS,
    KNOWS_NO_TOKEN,
    OPENED_BY_TOKEN,
    WORDS,
    rows,
)
from shop.tests.order_factories import make_line, make_order, make_receipt
from shop.tests.webhook_factories import make_delivery, make_endpoint

pytestmark = pytest.mark.django_db

BASE = "/api/v2/"
MOST_STATEMENTS = 15
# All that is kept of a person, from every table at once; it has no pages.
WHOLE = {"GET customers/me/export/"}
EXPECTED = rows()
# What stands in the description and is for everybody, because it is the description.
DESCRIPTION = {"GET schema/"}


class Callers:
    """Everybody who calls, and the things they call about; all of them are Amina's."""

    def __init__(self, shop_site):
        people = {name: User.objects.create_user(name) for name in ("amina", "brian", "clerk")}
        for name, group in (("support", "Support"), ("editor", "Editors"), ("manager", "Managers")):
            people[name] = User.objects.create_user(name)
            people[name].groups.add(Group.objects.get(name=group))
        people["root"] = User.objects.create_superuser("root")
        self.people = people
        amina = people["amina"]
        self.tokens = {
            "reads": program_token("orders:read", owner=amina),
            "writes": program_token("catalog:write", owner=people["manager"]),
        }
        shelf = make_category("Fruits")
        mango = make_product("Mango", sku="MG", stock=900, categories=[shelf])
        self.order = make_order(user=amina, lines=[make_line(sku="SENT")])
        confirm_order(order_id=self.order.pk)
        make_receipt(self.order)
        cart = Cart.objects.create(user=amina)
        line = cart.lines.create(
            variant=first_variant(mango), sku="MG", name="Mango", quantity=1, price_when_added=1
        )
        WishlistItem.objects.create(user=amina, product=mango)
        Voucher.objects.create(code="Karibu", value=10)
        delivery = make_delivery(make_endpoint(), state="failed", next_attempt_at=None)
        self.ids = {
            "page": shelf.pk,
            "category": shelf.pk,
            "image": make_image().pk,
            "document": Document.objects.create(title="D", file=ContentFile(b"d", "d.txt")).pk,
            "product": mango.pk,
            "draft": make_product("Draft", live=False).pk,
            "run": ImportRun.objects.create(filename="f.csv").pk,
            "line": line.pk,
            "order": self.order.pk,
            "payment": start(
                order_id=self.order.pk,
                method="cash_on_delivery",
                amount=self.order.total,
                currency="KES",
            ).pk,
            "shipment": self.order.shipments.get().pk,
            "return": sent_back(make_order(user=amina)).pk,
            "address": Address.objects.create(user=amina, county="Nairobi").pk,
            "webhook": delivery.endpoint_id,
            "delivery": delivery.pk,
        }

        self.sessions = {name: logged_in(people[name]) for name in CALLERS if name in people}

    def filled(self, text, ids=None):
        return re.sub(r"\{(\w+)\}", lambda name: str((ids or self.ids)[name[1]]), text)

    def answer(self, caller, operation, ids=None):
        """Return what a caller hears; nothing of it stays."""
        method, path = operation.split()
        words = self.filled(WORDS.get(operation, ""), ids)
        if caller == "guest" and path.startswith(OPENED_BY_TOKEN) and path not in KNOWS_NO_TOKEN:
            words = f"token={self.order.token}"
        sent = json.dumps(BODIES[operation]) if operation in BODIES else None
        browser = Client()
        if caller in self.sessions:
            browser.cookies["sessionid"] = self.sessions[caller]
        with transaction.atomic():
            answer = browser.generic(
                method,
                f"{BASE}{self.filled(path, ids)}?{words}",
                self.filled(sent, ids).encode() if sent else b"",
                content_type="application/json",
                headers=bearer(self.tokens[caller]) if caller in self.tokens else {},
            )
            transaction.set_rollback(True)
        return answer


def sent_back(order):
    """Let an order arrive, and ask to give it back."""
    for step in (confirm_order, pack_order, ship_order):
        step(order_id=order.pk)
    return ask_for_return(order_id=order.pk, units={order.lines.get().pk: 1})


def logged_in(person):
    browser = Client()
    browser.force_login(person)
    browser.get(f"{BASE}cart/")  # the first request notes its session
    return browser.cookies["sessionid"].value


@pytest.fixture
def callers(shop_site):
    return Callers(shop_site)


def test_every_operation_has_its_row(client, shop_site):
    schema = client.get(f"{BASE}schema/", headers={"Accept": "application/json"}).json()
    described = {
        f"{method.upper()} {shape(path.removeprefix(BASE))}"
        for path, methods in schema["paths"].items()
        for method in methods
    }
    assert described - DESCRIPTION == {
        f"{method} {shape(path)}" for method, path in map(str.split, EXPECTED)
    }


def shape(path):
    return re.sub(r"\{\w+\}", "{}", path)


@pytest.mark.parametrize("caller", CALLERS)
def test_everybody_hears_what_was_agreed(callers, caller):
    heard = {operation: callers.answer(caller, operation).status_code for operation in EXPECTED}
    assert heard == {operation: row[caller] for operation, row in EXPECTED.items()}


@pytest.mark.parametrize("caller", ["nobody", "brian", "support", "editor"])
def test_what_is_anothers_looks_like_what_is_not_there(callers, caller):
    missing = dict.fromkeys(callers.ids, 7777777)
    for operation, row in EXPECTED.items():
        if row[caller] != 404:
            continue
        foreign = callers.answer(caller, operation)
        absent = callers.answer(caller, operation, missing)
        assert (foreign.status_code, foreign.json()) == (404, absent.json()), operation


def test_a_refusal_has_one_shape(callers):
    for operation, row in EXPECTED.items():
        if row["brian"] >= 400:
            told = callers.answer("brian", operation).json()
            assert set(told) == {"type", "errors"}, operation
            assert set(told["errors"][0]) == {"code", "detail", "attr"}, operation


def statements(callers, caller, operation):
    """Count them once; on a busy machine what is remembered for a second may be forgotten."""
    with CaptureQueriesContext(connection) as asked:
        status = callers.answer(caller, operation).status_code
    assert status == EXPECTED[operation][caller], operation
    return len(asked)


@pytest.mark.parametrize("caller", ["amina", "manager"])
def test_no_answer_asks_the_database_much(callers, caller):
    heavy = {}
    for operation in EXPECTED:
        if not operation.startswith("GET") or operation in WHOLE:
            continue
        asked = min(statements(callers, caller, operation) for _again in range(3))
        if asked > MOST_STATEMENTS:
            heavy[operation] = asked
    assert heavy == {}
