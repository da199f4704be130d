"""Who looks after the shop sees what is wrong, and runs failed work again."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as project
from django.contrib.auth.models import Permission
from django.core.files.storage import default_storage
from django.test import Client
from django_q.models import Failure, OrmQ, Schedule
from django_q.tasks import async_task

from search.index import index
from shop.backoffice.running.searching import search_finding
from shop.core.clock import now
from shop.customers.models import User
from shop.health import self_check, tasks
from shop.launch.schedules import ensure_schedules
from shop.notifications.models import SmsAccount
from shop.tests.factories import make_product

pytestmark = pytest.mark.django_db

LEVELS = {"fine", "look", "broken"}


@pytest.fixture
def owner() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("owner", "owner@shop.test", "pw"))
    return client


def staff(*rights: str) -> Client:
    person = User.objects.create_user("kip", "kip@shop.test", "pw")
    for right in ("wagtailadmin.access_admin", *rights):
        app, codename = right.split(".")
        person.user_permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    client = Client()
    client.force_login(person)
    return client


def failed_task(**fields: Any) -> Failure:
    return Failure.objects.create(
        id="0" * 32,
        name="north-winter",
        func="shop.notifications.tasks.sweep",
        args=(),
        kwargs={},
        result="ConnectionError: nobody answers <b>there</b>",
        started=now(),
        stopped=now(),
        success=False,
        attempt_count=5,
        **fields,
    )


def levels() -> dict[str, str]:
    return {finding.title: finding.level for finding in self_check.findings()}


def test_every_part_is_checked(owner: Client) -> None:
    found = self_check.findings()
    assert len(found) == len(self_check.CHECKS)
    assert {finding.level for finding in found} <= LEVELS
    page = owner.get("/admin/running/").content.decode()
    for finding in found:
        assert finding.title in page


def test_what_is_wrong_is_told(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = levels()
    assert before["Task queue"] == "broken"
    assert before["Database"] == before["Version"] == before["Storage of pictures"] == "fine"
    settings.AFRICASTALKING_API_KEY = "key"
    SmsAccount.objects.create(balance=12, currency="KES", checked_at=now(), low_since=now())
    assert levels()["SMS"] == "look"
    SmsAccount.objects.update(low_since=None)
    assert levels()["SMS"] == "fine"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert levels()["Email"] == "broken"


def test_a_full_disk_is_told(tmp_path: Any, settings: Any) -> None:
    (tmp_path / "file").write_text("no folder")
    settings.MEDIA_ROOT = str(tmp_path / "file")
    assert levels()["Storage of pictures"] == "broken"


def test_the_check_leaves_no_file_behind() -> None:
    self_check.findings()
    if default_storage.exists("self-check"):
        assert default_storage.listdir("self-check") == ([], [])


def test_a_failed_task_runs_again_once(owner: Client) -> None:
    task = failed_task()
    page = owner.get("/admin/running/").content.decode()
    assert "shop.notifications.tasks.sweep" in page
    assert "&lt;b&gt;there&lt;/b&gt;" in page
    for _click in range(2):
        answer = owner.post(f"/admin/running/{task.pk}/again/")
        assert answer.status_code == 302
    assert OrmQ.objects.count() == 1
    assert OrmQ.objects.get().func() == "shop.notifications.tasks.sweep"
    assert not Failure.objects.exists()


def test_a_failed_task_is_dropped(owner: Client) -> None:
    task = failed_task()
    owner.post(f"/admin/running/{task.pk}/drop/")
    assert not Failure.objects.exists()
    assert not OrmQ.objects.exists()


def test_who_may_look_may_not_yet_mend() -> None:
    task = failed_task()
    looker = staff("django_q.view_failure")
    page = looker.get("/admin/running/").content.decode()
    assert "Run again" not in page
    assert looker.post(f"/admin/running/{task.pk}/drop/").status_code in {302, 403}
    assert Failure.objects.exists()


def test_others_do_not_get_in() -> None:
    answer = staff().get("/admin/running/")
    assert answer.status_code == 302
    assert answer.url == "/admin/"


@pytest.mark.skipif("orm" not in project.Q_CLUSTER, reason="the queue is in Redis")
def test_what_waits_and_what_is_overdue_is_shown(owner: Client) -> None:
    ensure_schedules()
    Schedule.objects.update(next_run=now())
    Schedule.objects.filter(func="shop.notifications.tasks.sweep").update(
        next_run=now() - timedelta(minutes=6)
    )
    async_task("shop.payments.tasks.sweep")
    page = owner.get("/admin/running/").content.decode()
    assert "shop.payments.tasks.sweep" in page
    assert page.count("Overdue") == 1


def test_nothing_is_mended_by_looking(owner: Client) -> None:
    task = failed_task()
    assert owner.get(f"/admin/running/{task.pk}/again/").status_code == 405
    assert Failure.objects.exists()


def test_a_search_that_lost_a_product_is_told(owner: Client, shop_site: Any) -> None:
    mango = make_product("Mango")
    assert search_finding().level == "fine"
    index().remove([mango.pk])
    finding = search_finding()
    assert finding.level == "broken"
    assert "rebuild_search" in finding.words
    assert "Mango" in owner.get("/admin/running/").content.decode()


def test_when_a_schedule_ran_last_is_told(owner: Client) -> None:
    ensure_schedules()
    assert {each.last_run for each in tasks.clockwork()} == {None}
    Schedule.objects.update(next_run=now(), task="0" * 32)
    for each in tasks.clockwork():
        assert each.last_run == each.next_run - timedelta(minutes=each.minutes)
