"""Sign-up and login for apps read JSON of any kind without a fault."""

import pytest
from django.test import Client

from shop.api.door import LARGEST_BODY

pytestmark = pytest.mark.django_db

ADDRESSES = ["auth/login", "auth/signup", "auth/code/request", "auth/password/reset"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("[" * 20_000, 400),
        ('{"email":' * 20_000, 400),
        ("{", 400),
        ("[]", 400),
        ('{"email": "\\ud800@example.org", "password": "\\u0000"}', 400),
        ('{"email": "' + "a" * LARGEST_BODY + '"}', 413),
    ],
    ids=["deep list", "deep object", "cut off", "a list", "no text", "large"],
)
def test_what_is_no_body_is_refused(client: Client, address: str, body: str, status: int):
    answer = client.post(f"/_allauth/app/v1/{address}", body, content_type="application/json")
    assert answer.status_code == status
