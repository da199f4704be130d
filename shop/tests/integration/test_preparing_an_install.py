"""What the first start of an install makes, and what the next ones leave as it is."""

import stat
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command
from django.utils.module_loading import import_string
from django_q.models import Schedule
from wagtail.models import Site

from shop.api.models import IdempotencyRecord
from shop.core.clock import now
from shop.launch import first_setup
from shop.launch.schedules import RECURRING, ensure_schedules
from shop.tests.factories import make_product

pytestmark = pytest.mark.django_db


def test_the_admin_account_is_made_once_with_a_password_of_its_own():
    account = first_setup.ensure_admin_account("owner@shop.test")
    assert account
    user = authenticate(username=account.username, password=account.password)
    assert user.is_superuser
    assert user.email == "owner@shop.test"
    assert first_setup.ensure_admin_account("owner@shop.test") is None


def test_a_customer_who_is_called_admin_stays_a_customer():
    customer = get_user_model().objects.create_user("admin", password="a customer's own")
    account = first_setup.ensure_admin_account("owner@shop.test")
    assert account.username.startswith("admin-")
    customer.refresh_from_db()
    assert not customer.is_superuser


def test_only_the_owner_of_the_file_can_read_the_account(tmp_path):
    path = tmp_path / "admin.txt"
    path.write_text("of an older install")
    path.chmod(0o644)
    account = first_setup.AdminAccount("admin", "s3cret")
    first_setup.keep_admin_account(account, "http://127.0.0.1:8000/admin/", path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == ("http://127.0.0.1:8000/admin/\nuser: admin\npassword: s3cret\n")


def test_schedules_are_brought_up_to_date_and_never_doubled():
    ensure_schedules()
    turned = Schedule.objects.get(name=RECURRING[0].name)
    Schedule.objects.filter(pk=turned.pk).update(func="a.task.of.an.older.version")
    ensure_schedules()
    assert Schedule.objects.count() == len(RECURRING)
    assert Schedule.objects.get(name=RECURRING[0].name).func == RECURRING[0].task


@pytest.mark.usefixtures("shop_site")
def test_a_new_site_takes_the_shop_s_address_and_an_editor_s_choice_stays():
    Site.objects.update(hostname="localhost", port=80)
    first_setup.adopt_address("http://127.0.0.1:8123")
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == ("127.0.0.1", 8123)

    first_setup.adopt_address("https://shop.example")
    site.refresh_from_db()
    assert (site.hostname, site.port) == ("shop.example", 443)

    first_setup.adopt_address("http://127.0.0.1:8000")
    site.refresh_from_db()
    assert (site.hostname, site.port) == ("shop.example", 443)


@pytest.mark.usefixtures("shop_site")
def test_a_shop_with_a_product_is_not_filled_with_the_demo():
    assert first_setup.shop_is_empty()
    make_product("Ripe mango")
    assert not first_setup.shop_is_empty()


def test_a_release_prepares_the_database(capsys):
    Schedule.objects.all().delete()
    call_command("release")
    assert Schedule.objects.count() == len(RECURRING)
    assert "ready" in capsys.readouterr().out
    assert settings.BASE_URL.endswith(Site.objects.get(is_default_site=True).hostname)


def test_answers_of_the_api_are_forgotten_after_a_day():
    for key, age in (("old", 25), ("young", 23)):
        IdempotencyRecord.objects.create(
            caller="cart:", key=key, fingerprint="", created_at=now() - timedelta(hours=age)
        )
    forgets = next(each for each in RECURRING if each.task.startswith("shop.api."))
    assert import_string(forgets.task)() == 1
    assert IdempotencyRecord.objects.get().key == "young"
