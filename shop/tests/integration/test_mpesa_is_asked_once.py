"""Whatever becomes of asking M-Pesa, a phone is asked once, and the shopper hears how it stands."""

import threading
from datetime import timedelta

import pytest

from shop.core.clock import now
from shop.flows.pay_order import pay_order
from shop.payments import rules
from shop.payments.models import Payment
from shop.payments.queries import payment_status
from shop.tests import mpesa
from shop.tests.fakes import daraja
from shop.tests.fakes.provider_server import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def safaricom(settings):
    with daraja.fake_daraja() as fake:
        mpesa.set_up(settings, fake.url)
        yield fake


@pytest.fixture
def order(shop_site, safaricom):
    """An order that is to be paid with M-Pesa, not asked for yet."""
    return mpesa.place("0712 345 678")


def payment_of(order):
    return order.payments.order_by("pk").last()


def state(order):
    order.refresh_from_db()
    return payment_status(order).state


def test_a_token_that_daraja_forgot_is_replaced_once(order, safaricom):
    safaricom.script(daraja.PROMPT, daraja.bad_token())
    mpesa.work()
    assert len(safaricom.of(daraja.TOKEN)) == 2
    assert state(order) == "prompt_sent"


def test_a_token_that_daraja_never_takes_ends_in_words(order, safaricom):
    safaricom.script(daraja.PROMPT, *[daraja.bad_token() for _ in range(20)])
    for minutes in range(0, 40, 5):
        with mpesa.later(minutes=minutes):
            mpesa.sweep()
    assert len(safaricom.of(daraja.PROMPT)) == 2 * rules.MAX_ATTEMPTS
    assert state(order) == "failed"


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (daraja.busy(), "M-Pesa is very busy"),
        (daraja.locked(), "Your phone is busy with another M-Pesa request. Finish that one"),
        (page(403), "M-Pesa does not answer"),
        (daraja.error(429, "500.003.03", "Quota"), "M-Pesa is very busy"),
    ],
)
def test_a_refusal_for_the_moment_is_tried_again(order, safaricom, reply, said):
    safaricom.script(daraja.PROMPT, reply)
    mpesa.work()
    assert state(order) == "queued"
    assert said in payment_status(order).message
    assert safaricom.rung == {}
    mpesa.sweep()  # not yet
    assert len(safaricom.of(daraja.PROMPT)) == 1
    with mpesa.later(minutes=3):
        mpesa.sweep()
        assert state(order) == "prompt_sent"
        assert said not in payment_status(order).message
    assert safaricom.rung == {"254712345678": 1}


def test_trying_again_has_an_end(order, safaricom):
    safaricom.script(daraja.PROMPT, *[daraja.busy() for _ in range(20)])
    for minutes in range(0, 60, 5):
        with mpesa.later(minutes=minutes):
            mpesa.sweep()
    assert len(safaricom.of(daraja.PROMPT)) == rules.MAX_ATTEMPTS
    status = payment_status(order)
    assert (status.state, status.can_retry) == ("failed", True)
    assert "Nothing was taken" in status.message


@pytest.mark.parametrize(
    "reply",
    [
        daraja.error(400, "400.002.02", "Bad Request - Invalid PhoneNumber"),
        daraja.error(500, "500.001.1001", "[MerchantValidate] - Wrong credentials"),
    ],
)
def test_a_refusal_for_good_is_said_at_once(order, safaricom, reply):
    safaricom.script(daraja.PROMPT, reply)
    mpesa.work()
    status = payment_status(order)
    assert (status.state, status.can_retry, status.retry_in_seconds) == ("failed", True, 0)
    assert status.transfer.account == order.number
    assert len(safaricom.of(daraja.PROMPT)) == 1


def test_a_wrong_consumer_secret_is_said_at_once(order, safaricom, settings):
    settings.MPESA_CONSUMER_SECRET = "other"
    mpesa.work()
    assert state(order) == "failed"
    assert safaricom.of(daraja.PROMPT) == []


def test_a_daraja_that_cannot_be_reached_is_tried_again(order, safaricom, settings):
    url, settings.MPESA_BASE_URL = settings.MPESA_BASE_URL, "http://127.0.0.1:9"
    mpesa.work()
    assert state(order) == "queued"
    settings.MPESA_BASE_URL = url
    with mpesa.later(minutes=1):
        mpesa.sweep()
        assert state(order) == "prompt_sent"


def lost(how):
    return {
        "reset": daraja.reset,
        "cut": daraja.cut_json,
        "page": page,
        "gateway": lambda: daraja.Reply(504, b"Gateway Timeout", "text/plain", accepts=True),
        "503": lambda: daraja.Reply(503, b"", "text/plain", accepts=True),
        "inner": lambda: daraja.error(500, "500.003.1001", "Internal Server Error"),
        "nameless": lambda: daraja.Reply(body=b"{}", accepts=True),
    }[how]()


@pytest.mark.parametrize("how", ["reset", "cut", "page", "gateway", "503", "inner", "nameless"])
def test_an_answer_that_was_lost_is_never_asked_twice(order, safaricom, how):
    safaricom.script(daraja.PROMPT, lost(how))
    mpesa.work()
    assert state(order) == "waiting"
    for minutes in (0.5, 1, 1.9):
        with mpesa.later(minutes=minutes):
            mpesa.sweep()
            again, made = pay_order(order_id=order.pk)
            assert (again.pk, made) == (payment_of(order).pk, False)
            mpesa.work()
    assert len(safaricom.of(daraja.PROMPT)) == 1
    with mpesa.later(minutes=5):
        mpesa.sweep()
        status = payment_status(order)
        assert (status.state, status.can_retry) == ("no_answer", True)
        assert "wait for M-Pesa's SMS" in status.message
    assert len(safaricom.of(daraja.PROMPT)) == 1


def test_a_daraja_that_keeps_silent_is_not_asked_twice(order, safaricom):
    release = threading.Event()
    safaricom.script(daraja.PROMPT, daraja.hold(release))
    mpesa.work()
    release.set()
    assert state(order) == "waiting"
    mpesa.sweep()
    assert safaricom.rung == {"254712345678": 1}


def test_a_worker_that_died_before_the_request_left_loses_nothing(order, safaricom):
    Payment.objects.update(attempts=1, next_try_at=now() + rules.LEASE)
    mpesa.work()
    assert safaricom.of(daraja.PROMPT) == []
    with mpesa.later(minutes=3):
        mpesa.sweep()
    assert safaricom.rung == {"254712345678": 1}


def test_what_kills_its_worker_does_not_do_so_for_ever(order, safaricom):
    Payment.objects.update(attempts=rules.MAX_ATTEMPTS, next_try_at=now() - timedelta(minutes=1))
    mpesa.sweep()
    assert safaricom.of(daraja.PROMPT) == []
    assert state(order) == "failed"
