"""People with accounts, the browsers they sign in with and the codes their phones show."""

import time

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client

from shop.customers.models import User

PASSWORD = "a long walk to Kisumu"
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-A055F) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
)
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PERIOD = 30  # seconds that a code counts


def code_now(secret: str = SECRET) -> str:
    """Return the code of this moment, with time enough left to type it."""
    left = PERIOD - time.time() % PERIOD
    if left < 2:
        time.sleep(left + 0.05)
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))


def wrong_code() -> str:
    """Return a code that is not the one of this moment."""
    return f"{(int(code_now()) + 1) % 1_000_000:06}"


def with_app(user: User) -> User:
    """Give the person an authenticator app with the key SECRET."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": SECRET})
    return user


def recovery_code(user: User) -> str:
    """Make recovery codes and return one."""
    return RecoveryCodes.activate(user).get_unused_codes()[0]


def sign_in(client: Client, user: User, wanted: str = "") -> HttpResponse:
    """Send the login form; return what comes of it."""
    form = {"login": user.username, "password": PASSWORD, "next": wanted}
    return client.post("/account/login/", form)


def make_customer() -> User:
    """Make somebody with a proved address and a password."""
    user = User.objects.create_user("wanjiku", "wanjiku@example.org", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def signed_in(user: User, agent: str = PHONE) -> Client:
    """Return a browser in which the person is signed in."""
    browser = Client(headers={"user-agent": agent})
    assert sign_in(browser, user).status_code == 302
    assert "_auth_user_id" in browser.session
    return browser
