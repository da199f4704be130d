"""One table says which role opens which screen of the admin; a screen without a row fails."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.urls import reverse

from shop.customers.models import User
from shop.tests.integration.screen_objects import ScreenObjects
from shop.tests.integration.screen_table import ROLES, rows
from shop.tests.integration.screens import NEVER, screens

pytestmark = pytest.mark.django_db
EXPECTED = rows()
REFUSED = "/admin/"


@pytest.fixture
def things(shop_site):
    return ScreenObjects()


def member(role):
    person = User.objects.create_user(role.lower().replace(" ", "-"), f"{role[:3]}@example.org")
    person.groups.add(Group.objects.get(name=role))
    browser = Client()
    browser.force_login(person)
    return browser


def answer(browser, things, screen):
    """Open a screen; nothing of it stays."""
    path = reverse(screen.name, kwargs=things.arguments(screen.name, screen.parameters))
    with transaction.atomic():
        told = browser.generic(screen.method, path, QUERY_STRING=things.query(screen.name))
        transaction.set_rollback(True)
    return told


def opens(browser, things, screen):
    told = answer(browser, things, screen)
    assert told.status_code != 404, f"nothing is there to ask {screen.name} about"
    return not (told.status_code == 403 or told.get("Location") == REFUSED)


def test_every_screen_has_its_row():
    known = {name for name in screens() if not name.endswith(NEVER)}
    missing, gone = known - set(EXPECTED), set(EXPECTED) - known
    assert (missing, gone) == (set(), set()), "write it into shop/tests/integration/screen_table.py"


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_its_screens_and_no_other(things, role):
    browser = member(role)
    heard = {name: opens(browser, things, screen) for name, screen in screens().items()}
    assert heard == {name: role in EXPECTED.get(name, ()) for name in screens()}


@pytest.mark.parametrize("who", ["nobody", "customer"])
def test_who_does_not_work_here_opens_nothing(things, who):
    browser = Client()
    if who == "customer":
        browser.force_login(User.objects.get(username="amina"))
    for screen in screens().values():
        told = answer(browser, things, screen)
        assert told.status_code in (302, 403), screen.name
        if told.status_code == 302:
            assert told["Location"].startswith("/admin/login/"), screen.name


def test_records_are_made_and_changed_by_nobody(things):
    root = Client()
    root.force_login(User.objects.create_superuser("root"))
    for screen in screens().values():
        if screen.name.endswith(NEVER):
            assert not opens(root, things, screen), screen.name


def test_every_right_of_a_role_is_its_owners_too():
    held = {
        role: set(
            Group.objects.get(name=role).permissions.values_list(
                "content_type__app_label", "codename"
            )
        )
        for role in ROLES
    }
    assert {role: rights - held["Owners"] for role, rights in held.items()} == {
        role: set() for role in ROLES
    }
