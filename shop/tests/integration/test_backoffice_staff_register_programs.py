"""The admin's list of programs that use the API."""

import re

import pytest
from allauth.idp.oidc.models import Client as Program
from django.contrib.auth.models import Permission
from django.test import Client

from shop.customers.models import User
from shop.tests.api_tokens import TOKEN, basic, bearer, front, program_token

pytestmark = pytest.mark.django_db

PAGES = "/admin/api-clients/"


def staff(name: str, *codenames: str, **more) -> tuple[User, Client]:
    user = User.objects.create_user(name, **more)
    user.user_permissions.set(Permission.objects.filter(codename__in=("access_admin", *codenames)))
    browser = Client()
    browser.force_login(user)
    return user, browser


def form(**changes) -> dict:
    return {"name": "Till", "kind": "itself", "may": ["orders:read"], "back": "", **changes}


def test_a_program_is_registered_and_its_secret_shown_once(shop_site):
    user, browser = staff("boss", is_superuser=True)
    made = browser.post(f"{PAGES}new/", form())
    assert made.status_code == 200
    assert "no-store" in made.headers["Cache-Control"]
    client_id, secret = re.findall(r'<code class="backoffice-secret">(\S+)</code>', made.text)
    program = Program.objects.get()
    assert (program.pk, program.owner, program.get_scopes()) == (client_id, user, ["orders:read"])
    answer = Client().post(
        TOKEN, {"grant_type": "client_credentials"}, headers=basic(client_id, secret)
    )
    assert answer.status_code == 200
    for page in (PAGES, f"{PAGES}inspect/{client_id}/"):
        shown = browser.get(page)
        assert shown.status_code == 200
        assert "Till" in shown.text
        assert secret not in shown.text
        assert program.secret not in shown.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "This field is required"),
        ({"may": []}, "This field is required"),
        ({"may": ["everything"]}, "everything"),
        ({"may": ["openid"]}, "Choose scopes among"),
        ({"kind": "server"}, "redirect address"),
        ({"kind": "app", "back": "http://front.test/"}, "use https"),
        ({"kind": "itself", "back": "https://front.test/"}, "no redirect address"),
    ],
)
def test_a_program_that_cannot_be_is_refused_at_the_form(shop_site, changes, said):
    _user, browser = staff("boss", is_superuser=True)
    answer = browser.post(f"{PAGES}new/", form(**changes))
    assert said in answer.text
    assert not Program.objects.exists()


def test_an_app_has_no_secret(shop_site):
    _user, browser = staff("boss", is_superuser=True)
    made = browser.post(
        f"{PAGES}new/",
        form(kind="app", may=["openid", "orders:write"], back="com.front:/back\nhttps://a.test/b"),
    )
    assert "PKCE" in made.text
    program = Program.objects.get()
    assert (program.type, program.owner) == ("public", None)
    assert program.get_redirect_uris() == ["com.front:/back", "https://a.test/b"]


def test_a_revoked_program_s_tokens_open_nothing(shop_site):
    user, browser = staff("boss", is_superuser=True)
    token = bearer(program_token("orders:read", owner=user))
    assert Client().get("/api/v2/orders/", headers=token).status_code == 200
    program = Program.objects.get()
    asked = browser.get(f"{PAGES}delete/{program.pk}/")
    assert "stop working at once" in asked.text
    assert browser.post(f"{PAGES}delete/{program.pk}/").status_code == 302
    assert Client().get("/api/v2/orders/", headers=token).status_code == 401
    assert not Program.objects.exists()


def test_only_who_has_the_right_sees_registers_or_revokes(shop_site):
    program, _secret = front("orders:read")
    pages = [
        PAGES,
        f"{PAGES}new/",
        f"{PAGES}inspect/{program.pk}/",
        f"{PAGES}delete/{program.pk}/",
        f"{PAGES}edit/{program.pk}/",
    ]
    _nobody, plain = staff("plain")
    assert [plain.get(page).status_code for page in pages] == [302] * 5
    _viewer, viewer = staff("viewer", "view_client")
    assert [viewer.get(page).status_code for page in pages] == [200, 302, 200, 302, 302]
    _maker, maker = staff("maker", "add_client", "delete_client")
    assert [maker.get(page).status_code for page in pages] == [200, 200, 200, 200, 302]
    assert plain.post(f"{PAGES}new/", form()).status_code == 302
    assert Program.objects.count() == 1


def test_a_program_acts_for_who_registered_it_and_nobody_else(shop_site):
    User.objects.create_user("owner", is_superuser=True)
    maker, browser = staff("maker", "add_client")
    browser.post(f"{PAGES}new/", form(owner="1", may=["catalog:write"]))
    assert Program.objects.get().owner == maker


def test_an_odd_address_is_not_found(shop_site):
    _user, browser = staff("boss", is_superuser=True)
    for page in ("inspect/%00/", "inspect/nothing/", "delete/nothing/"):
        assert browser.get(f"{PAGES}{page}").status_code == 404
