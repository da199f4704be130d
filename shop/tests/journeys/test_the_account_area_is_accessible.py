"""The pages on signing in and security serve everybody, as all others do."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from playwright.sync_api import Page, expect

from shop.tests.account_holders import code_now, recovery_code, with_app
from shop.tests.journeys.conftest import sign_in
from shop.tests.journeys.small_shop import PASSWORD, SmallShop
from shop.tests.journeys.test_every_page_is_accessible import judge

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

Visit = Callable[..., Page]
ENTRANCE = (
    "/account/password/reset/done/",
    "/account/password/reset/key/1-bad/",
    "/account/confirm-email/bad/",
    "/account/inactive/",
    "/account/3rdparty/login/cancelled/",
    "/account/3rdparty/login/error/",
    "/identity/o/authorize?client_id=nobody",
)
OWN = (
    "/account/security/",
    "/account/email/",
    "/account/password/change/",
    "/account/sessions/",
    "/account/3rdparty/",
    "/account/2fa/",
    "/account/logout/",
    "/account/reauthenticate/",
    "/identity/o/logout",
)
GUARDED = (
    "/account/2fa/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/account/2fa/totp/deactivate/",
    "/account/2fa/recovery-codes/",
    "/account/2fa/recovery-codes/generate/",
    "/account/2fa/reauthenticate/",
)


@pytest.mark.parametrize("address", ENTRANCE)
def test_before_signing_in(visit: Visit, address: str) -> None:
    judge(visit(address))


def test_once_signed_in(visit: Visit, small_shop: SmallShop) -> None:
    customer = small_shop.customer
    EmailAddress.objects.create(user=customer, email="new@example.org", verified=False)
    SocialAccount.objects.create(user=customer, provider="nowhere", uid="1")
    page = visit("/account/login/?next=/account/security/")
    sign_in(page, customer.username)
    expect(page.get_by_role("heading", level=1)).to_have_text("Security")
    menu = page.get_by_role("navigation", name="Your account")
    expect(menu.get_by_role("link", name="Security")).to_be_in_viewport()
    for address in OWN:
        page.goto(address)
        judge(page)
    EmailAddress.objects.all().delete()
    SocialAccount.objects.all().delete()


def test_setting_up_and_using_a_second_step(visit: Visit, small_shop: SmallShop) -> None:
    editor = small_shop.editor
    page = visit("/account/login/?next=/account/2fa/totp/activate/")
    sign_in(page, editor.username)
    page.get_by_role("main").get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up an authenticator app")
    judge(page)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_role("main")).to_contain_text("Incorrect code")
    judge(page)

    recovery_code(with_app(editor))
    for address in GUARDED:
        page.goto(address)
        judge(page)
    page = visit("/account/login/")
    sign_in(page, editor.username)
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    judge(page)
    page.get_by_label("Code").fill(code_now())
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("navigation", name="Your account")).to_be_visible()
    Authenticator.objects.all().delete()
