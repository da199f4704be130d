"""An owner sets M-Pesa up: addresses registered once, and warned of what would go unheard."""

import pytest
from django.core.management import CommandError, call_command

from shop.payments.actions import transfer_token
from shop.payments.checks import payments_are_heard_of
from shop.tests import mpesa
from shop.tests.fakes import daraja
from shop.tests.fakes.provider_server import page


@pytest.fixture
def safaricom(settings):
    with daraja.fake_daraja() as fake:
        mpesa.set_up(settings, fake.url)
        yield fake


def test_the_addresses_of_the_paybill_are_registered(safaricom, capsys):
    call_command("register_paybill")
    (request,) = safaricom.of(daraja.REGISTER)
    base = f"https://shop.test/payments/notify/{transfer_token()}"
    assert request.body == {
        "ShortCode": daraja.SHORTCODE,
        "ResponseType": "Completed",
        "ConfirmationURL": f"{base}/confirmation/",
        "ValidationURL": f"{base}/validation/",
    }
    assert f"{base}/confirmation/" in capsys.readouterr().out


@pytest.mark.parametrize(
    "reply",
    [
        daraja.error(500, "500.003.1001", "URLs are already registered"),
        daraja.Reply(body=b'{"ResponseCode": "1", "ResponseDescription": "Refused"}'),
        page(),
    ],
)
def test_addresses_that_were_not_taken_are_an_error(safaricom, reply):
    safaricom.script(daraja.REGISTER, reply)
    with pytest.raises(CommandError):
        call_command("register_paybill")


@pytest.mark.parametrize(
    ("base", "token", "warnings"),
    [
        ("https://shop.test", "abcdefghij0123456789", []),
        ("http://shop.test", "abcdefghij0123456789", ["payments.W001"]),
        ("https://shop.test", "", ["payments.W002"]),
    ],
)
def test_what_would_go_unheard_is_warned_of(safaricom, settings, base, token, warnings):
    settings.CALLBACK_BASE_URL, settings.MPESA_TRANSFER_TOKEN = base, token
    assert [warning.id for warning in payments_are_heard_of(None)] == warnings


def test_a_shop_without_mpesa_is_not_warned(settings):
    settings.CALLBACK_BASE_URL = "http://shop.test"
    assert payments_are_heard_of(None) == []
