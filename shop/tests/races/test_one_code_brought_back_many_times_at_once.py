"""An impatient thumb presses the button again and again: one account, and everybody is let in."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client

from shop.customers.models import User
from shop.notifications.models import Message
from shop.tests.factories import make_site
from shop.tests.signing_in import latest_code

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.mark.parametrize("written", ["0712 345 678", "amina@example.org"])
def test_one_code_makes_one_account(written: str):
    make_site()
    browser = Client()
    browser.post("/account/login/code/", {"login": written})
    code = latest_code()
    session = browser.cookies["sessionid"].value

    def bring_back(_: int) -> tuple[int, str]:
        tab = Client()
        tab.cookies["sessionid"] = session
        try:
            answer = tab.post("/account/login/code/confirm/", {"code": code})
            return answer.status_code, answer["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(bring_back, range(4)))

    assert {status for status, _ in answers} == {302}
    assert "/account/" in {address for _, address in answers}
    user = User.objects.get()
    assert EmailAddress.objects.filter(verified=True).count() == (1 if "@" in written else 0)
    assert Message.objects.filter(event="welcome").count() == 1
    assert bool(user.phone) == ("@" not in written)
