"""The day's money for SMS, the balance at the provider, and the morning's report."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import localdate

from shop.core.clock import fixed, now
from shop.customers.models import User
from shop.flows.daily_report import report_of
from shop.flows.tasks import send_daily_report
from shop.notifications.actions import check_balance, deliver, wish_for_report
from shop.notifications.gateways import africas_talking
from shop.notifications.models import DaySpend, Message, SmsAccount
from shop.tests.fakes import africastalking as provider
from shop.tests.news_readers import make_broadcast, make_reader
from shop.tests.order_factories import make_order

pytestmark = pytest.mark.django_db

PHONE = "+254712345678"


@pytest.fixture
def fake(settings):
    with provider.fake_africastalking() as running:
        settings.AFRICASTALKING_USERNAME, settings.AFRICASTALKING_API_KEY = "duka", "key"
        settings.AFRICASTALKING_BASE_URL = running.url
        yield running


def make_sms(event="order_placed", **fields):
    fields = {"recipient": PHONE, "body": "Hi", "next_attempt_at": now(), **fields}
    return Message.objects.create(event=event, channel="sms", **fields)


def sent(message):
    deliver(message_id=message.pk)
    message.refresh_from_db()
    return message


def spent():
    day = DaySpend.objects.get(day=localdate(now()))
    return (str(day.spent.normalize()), day.messages, day.parts)


def test_what_an_sms_cost_is_kept(fake):
    fake.script(PHONE, provider.success(PHONE, cost="KES 1.6000", messageParts=2))
    message = sent(make_sms())
    assert (message.cost, message.price, message.parts) == ("KES 1.6000", Decimal("1.6"), 2)
    assert spent() == ("1.6", 1, 2)


def test_what_was_refused_costs_nothing_and_what_nobody_knows_counts(fake):
    fake.script(PHONE, provider.verdict(403), provider.reset())
    sent(make_sms())
    assert spent() == ("0", 0, 0)
    assert sent(make_sms()).state == "unknown"
    assert spent() == ("0.8", 1, 1)


def test_when_the_days_money_is_spent_messages_wait_and_staff_hear_once(fake, settings):
    settings.SMS_DAILY_CAP = Decimal("1.60")
    for _ in range(2):
        assert sent(make_sms()).state == "sent"
    waiting = [sent(make_sms()) for _ in range(2)]
    for message in waiting:
        assert (message.state, message.attempts) == ("due", 0)
        assert "one day may cost" in message.reason
        assert message.next_attempt_at > now() + timedelta(minutes=9)
    alerts = Message.objects.filter(event="alert", channel="staff_email")
    assert alerts.count() == 1
    assert "SMS_DAILY_CAP" in alerts.get().body
    assert len(fake.requests) == 2
    with fixed(now() + timedelta(days=1)):
        assert sent(waiting[0]).state == "sent"


def test_codes_do_not_wait_and_news_leave_money_for_orders(fake, settings):
    settings.SMS_DAILY_CAP = Decimal(4)
    reader = make_reader(1)
    broadcast = make_broadcast()
    DaySpend.objects.create(day=localdate(now()), spent="3.0")
    news = make_sms("news", user=reader, broadcast=broadcast)
    assert sent(news).state == "due"
    assert not Message.objects.filter(event="alert").exists(), "news wait by intention"
    assert sent(make_sms()).state == "sent"
    assert sent(make_sms()).state == "due"
    code = make_sms("sign_in_code", expires_at=now() + timedelta(minutes=10))
    assert sent(code).state == "sent"


def balance(fake, body, status=200):
    fake.script("", provider.http(status, body, provider.JSON))
    check_balance()
    return SmsAccount.objects.get()


def test_a_low_balance_wakes_staff_once_a_dip(fake, settings):
    alerts = Message.objects.filter(event="alert", channel="staff_email")
    account = balance(fake, '{"UserData": {"balance": "KES 1785.5000"}}')
    assert (account.balance, account.currency) == (Decimal("1785.5"), "KES")
    (request,) = fake.requests
    assert request.path == "/version1/user?username=duka"
    assert request.headers["apiKey"] == "key"
    for left, count in (("99.9", 1), ("50", 1), ("500", 1), ("20", 2)):
        balance(fake, f'{{"UserData": {{"balance": "KES {left}"}}}}')
        assert alerts.count() == count, left
    assert "KES 20.00" in alerts.latest("pk").body


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (401, "no", "API key"),
        (500, "oops", "HTTP 500"),
        (200, "<html>", "could not be read"),
        (200, '{"UserData": {}}', "could not be read"),
        (200, '{"UserData": {"balance": "much"}}', "could not be read"),
    ],
)
def test_a_balance_that_nobody_tells_is_no_alarm(fake, status, body, told):
    balance(fake, '{"UserData": {"balance": "KES 300"}}')
    account = balance(fake, body, status)
    assert told in account.problem
    assert account.balance == 300, "what was known last stays"
    assert not Message.objects.filter(event="alert").exists()


def test_nobody_is_asked_without_credentials(db):
    check_balance()
    assert africas_talking() is None
    assert not SmsAccount.objects.exists()


MORNING = datetime(2026, 3, 5, 4, 30, tzinfo=UTC)  # half past seven in Nairobi


def test_yesterday_is_reported_once_to_who_wants_it(shop_site, settings):
    settings.ADMIN_EMAIL = "owner@duka.example"
    wanting, leaving = (
        User.objects.create_superuser(name, f"{name}@duka.example") for name in ("asha", "left")
    )
    for person in (wanting, leaving):
        wish_for_report(user=person, wanted=True)
    User.objects.filter(pk=leaving.pk).update(is_superuser=False)
    with fixed(MORNING - timedelta(hours=1)):
        assert send_daily_report() == 0
    with fixed(MORNING):
        assert send_daily_report() == 2
        assert send_daily_report() == 0
    reports = Message.objects.filter(event="daily_report")
    assert set(reports.values_list("recipient", flat=True)) == {
        "asha@duka.example",
        "owner@duka.example",
    }
    assert "Wednesday, 4 March 2026" in reports.first().subject


def test_the_report_tells_the_day_and_what_waits(shop_site):
    with fixed(MORNING - timedelta(days=1)):
        order = make_order(total=Decimal(1250), payment_status="paid")
        make_order(total=Decimal(50), status="cancelled")
    text = report_of(datetime(2026, 3, 4).date())
    for told in ("Orders: 1", "Cancelled: 1", "Orders to confirm: 1", "Revenue: KSh 1,250"):
        assert told in text
    assert order.readable_number not in text
    assert "Orders: 0" in report_of(datetime(2026, 3, 5).date())
