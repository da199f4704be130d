"""The admin opens to staff only after an authenticator app or passkey was asked for."""

from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from shop.customers.models import User
from shop.tests.account_holders import (
    PASSWORD,
    code_now,
    recovery_code,
    sign_in,
    with_app,
    wrong_code,
)
from shop.tests.mailbox import mailbox

pytestmark = pytest.mark.django_db
HOME = "/admin/"


@pytest.fixture(autouse=True)
def _required(settings: Any, shop_site: Any) -> None:
    settings.STAFF_MFA_REQUIRED = True


@pytest.fixture
def clerk() -> User:
    """A member of staff who is no superuser."""
    user = User.objects.create_user("clerk", "clerk@example.org", PASSWORD)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def test_staff_without_a_factor_are_sent_to_set_one_up_and_told_why(client: Client, clerk: User):
    assert sign_in(client, clerk, HOME)["Location"] == HOME

    answer = client.get("/admin/reports/?q=1", follow=True)

    assert answer.redirect_chain == [("/account/2fa/?next=%2Fadmin%2Freports%2F%3Fq%3D1", 302)]
    assert "The admin opens only with a second step" in answer.content.decode()


def test_login_asks_for_the_code_and_then_opens_the_admin(client: Client, clerk: User):
    with_app(clerk)
    started = client.get(HOME, follow=True)
    assert started.redirect_chain[-1][0] == "/account/login/?next=%2Fadmin%2F"

    asked = sign_in(client, clerk, HOME)
    assert asked["Location"] == "/account/2fa/authenticate/"
    assert client.get(HOME)["Location"].startswith("/admin/login/")

    refused = client.post(asked["Location"], {"code": wrong_code()})
    assert "Incorrect code" in refused.content.decode()
    assert client.get(HOME)["Location"].startswith("/admin/login/")

    opened = client.post(asked["Location"], {"code": code_now()}, follow=True)
    assert opened.redirect_chain == [(HOME, 302)]
    assert opened.status_code == 200


def test_a_code_counts_once(client: Client, clerk: User):
    with_app(clerk)
    code = code_now()
    for browser, place in ((client, HOME), (Client(), "")):
        sign_in(browser, clerk, HOME)
        answer = browser.post("/account/2fa/authenticate/", {"code": code})
        assert answer.get("Location", "") == place


def test_a_recovery_code_opens_once(client: Client, clerk: User):
    code = recovery_code(with_app(clerk))
    sign_in(client, clerk, HOME)
    assert client.post("/account/2fa/authenticate/", {"code": code})["Location"] == HOME
    assert client.get(HOME).status_code == 200

    again = Client()
    sign_in(again, clerk, HOME)
    assert again.post("/account/2fa/authenticate/", {"code": code}).status_code == 200


def test_a_session_that_began_without_the_factor_must_prove_it(client: Client, clerk: User):
    sign_in(client, clerk)
    with_app(clerk)

    answer = client.get("/admin/account/")
    assert answer["Location"] == "/account/2fa/reauthenticate/?next=%2Fadmin%2Faccount%2F"
    assert client.post("/admin/account/", {})["Location"].endswith("?next=%2Fadmin%2F")

    assert client.post(answer["Location"], {"code": wrong_code()}).status_code == 200
    assert client.get(HOME).status_code == 302
    assert client.post(answer["Location"], {"code": code_now()})["Location"] == "/admin/account/"
    assert client.get("/admin/account/").status_code == 200


def test_a_superuser_is_no_exception(client: Client):
    client.force_login(User.objects.create_superuser("boss", "boss@example.org", PASSWORD))

    assert client.get(HOME)["Location"].startswith("/account/2fa/")


def test_leaving_and_refusing_need_no_factor(client: Client, clerk: User):
    client.force_login(User.objects.create_user("buyer", "buyer@example.org", PASSWORD))
    assert client.get(HOME, follow=True).status_code == 403

    client.force_login(clerk)
    client.post("/admin/logout/")
    assert "_auth_user_id" not in client.session


def test_private_documents_are_held_to_the_same(client: Client, clerk: User):
    with_app(clerk)
    private = Collection.get_first_root_node().add_child(name="Contracts")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    paper = Document(title="Lease", collection=private)
    paper.file.save("lease.txt", ContentFile(b"Rent"))
    open_paper = Document(title="Terms", collection=Collection.get_first_root_node())
    open_paper.file.save("terms.txt", ContentFile(b"Terms"))
    client.force_login(clerk)

    assert client.get(paper.url)["Location"].startswith("/account/2fa/reauthenticate/")
    assert client.get(open_paper.url).status_code == 200


FIGURES = "/api/v2/admin/dashboard/"


def test_the_api_gives_staff_their_rights_after_the_second_step_only(client: Client, clerk: User):
    clerk.user_permissions.add(Permission.objects.get(codename="view_order"))
    with_app(clerk)
    client.force_login(clerk)
    assert client.get(FIGURES).status_code == 403
    assert client.get("/api/v2/customers/me/").status_code == 200

    browser = Client()
    sign_in(browser, clerk)
    browser.post("/account/2fa/authenticate/", {"code": code_now()})
    assert browser.get(FIGURES).status_code == 200


def test_an_app_gives_staff_no_more(client: Client, clerk: User):
    clerk.user_permissions.add(Permission.objects.get(codename="view_order"))
    client.force_login(clerk)
    token = {"X-Session-Token": client.session.session_key}

    assert Client().get(FIGURES, headers=token).status_code == 403
    assert Client().get("/api/v2/customers/me/", headers=token).status_code == 200


def test_no_program_is_let_in_before_the_second_step(client: Client, clerk: User):
    client.force_login(clerk)

    answer = client.get("/identity/o/authorize?client_id=x&scope=orders%3Aread")

    assert answer["Location"].startswith("/account/2fa/?next=%2Fidentity%2Fo%2Fauthorize%3F")


def test_where_it_is_not_required_the_password_is_enough(
    client: Client, clerk: User, settings: Any
):
    settings.STAFF_MFA_REQUIRED = False
    sign_in(client, clerk)

    assert client.get(HOME).status_code == 200


def test_a_command_removes_a_lost_factor_and_ends_the_sessions(client: Client, clerk: User):
    with_app(clerk)
    sign_in(client, clerk)
    client.post("/account/2fa/authenticate/", {"code": code_now()})
    assert client.get(HOME).status_code == 200

    call_command("remove_second_factor", "clerk", stdout=StringIO())

    assert not Authenticator.objects.filter(user=clerk).exists()
    assert not UserSession.objects.filter(user=clerk).exists()
    assert client.get(HOME)["Location"].startswith("/admin/login/")
    email = mailbox()[-1]
    assert email.to == ["clerk@example.org"]
    assert "https://shop.test/account/2fa/" in mailbox()[-1].body


@pytest.mark.parametrize(("name", "said"), [("nobody", "Nobody has"), ("clerk", "has no second")])
def test_the_command_says_what_it_can_not_do(clerk: User, name: str, said: str):
    with pytest.raises(CommandError, match=said):
        call_command("remove_second_factor", name)


def test_a_superuser_removes_a_factor_in_the_admin(client: Client, clerk: User, settings: Any):
    with_app(clerk)
    settings.STAFF_MFA_REQUIRED = False
    address = f"/admin/users/{clerk.pk}/remove-second-factor/"
    client.force_login(User.objects.create_superuser("boss", "boss@example.org", PASSWORD))

    assert address in client.get("/admin/users/").content.decode()
    assert "Do this only when you are sure" in client.get(address).content.decode()
    answer = client.post(address, follow=True)

    assert "can set up a new one now" in answer.content.decode()
    assert not Authenticator.objects.filter(user=clerk).exists()
    assert address not in client.get("/admin/users/").content.decode()


def test_nobody_else_may_remove_it(client: Client, clerk: User, settings: Any):
    settings.STAFF_MFA_REQUIRED = False
    clerk.user_permissions.add(*Permission.objects.filter(codename__endswith="_user"))
    with_app(clerk)
    client.force_login(clerk)
    address = f"/admin/users/{clerk.pk}/remove-second-factor/"

    assert client.post(address).status_code == 302
    assert address not in client.get("/admin/users/").content.decode()
    assert Authenticator.objects.filter(user=clerk).exists()


def test_profile_and_users_stand_beside_allauth(admin_client: Client, clerk: User, settings: Any):
    settings.STAFF_MFA_REQUIRED = False
    page = admin_client.get("/admin/account/").content.decode()

    assert 'href="/account/security/"' in page
    assert 'name="password-' not in page
    assert 'name="name_email-email"' not in page
    assert admin_client.get(f"/admin/users/edit/{clerk.pk}/").status_code == 200
