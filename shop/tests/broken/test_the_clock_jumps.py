"""The clock of a machine is wrong for a while, then right: nothing is sold, sent or lost for it."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_q.models import Schedule

from shop.catalog.actions.products import update_product
from shop.catalog.tasks import turn_sales
from shop.core import clock
from shop.flows.tasks import release_unpaid_orders
from shop.inventory.models import StockLevel
from shop.launch.schedules import RECURRING, ensure_schedules
from shop.notifications import tasks
from shop.notifications.models import Message
from shop.tests import mpesa
from shop.tests.factories import ShopSite, first_variant, make_product
from shop.tests.fakes import daraja
from shop.tests.order_factories import first_texts, make_order

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def safaricom(settings: Any) -> Iterator[Any]:
    with daraja.fake_daraja() as fake:
        mpesa.set_up(settings, fake.url)
        yield fake


def price(client: Client) -> str:
    turn_sales()
    item = client.get("/api/v2/products/").json()["items"][0]
    return str(item["current_price"])


def test_a_sale_counts_by_the_present_moment_alone(client: Client, shop_site: ShopSite) -> None:
    began = clock.now()
    product = make_product("Lamp", price=700, categories=[shop_site.all_products])
    update_product(
        product_id=product.pk,
        changes={
            "sale_price": Decimal(500),
            "sale_from": began - timedelta(hours=1),
            "sale_until": began + timedelta(hours=1),
        },
    )
    seen = []
    for jump in (timedelta(0), DAY, timedelta(0), -DAY, timedelta(minutes=59), 400 * DAY):
        with clock.fixed(began + jump):
            seen.append(price(client))
    assert seen == ["500.00", "700.00", "500.00", "700.00", "500.00", "700.00"]


def test_goods_are_given_back_once(safaricom: Any, shop_site: ShopSite) -> None:
    pot = first_variant(make_product("Clay pot", price="100", stock=3))
    order = mpesa.place("0712 345 678", variant=pot, units=2)
    mpesa.work()
    payment = order.payments.get()
    mpesa.tell(payment, mpesa.ended(payment))
    present = clock.now()
    released = []
    for jump in (-DAY, timedelta(0), DAY, -DAY, DAY):
        with clock.fixed(present + jump):
            released.append(release_unpaid_orders())
    assert released == [0, 0, 1, 0, 0]
    assert StockLevel.objects.get(pk=pot.pk).available == 3


def test_a_message_is_not_sent_twice(db: None, settings: Any) -> None:
    first_texts()
    settings.ADMIN_EMAIL = ""
    present = clock.now()
    order = make_order(notify_sms=False)
    for jump in (timedelta(0), DAY, -DAY, timedelta(0)):
        with clock.fixed(present + jump):
            tasks.sweep()
            tasks.deliver_for_order(order.pk)
    assert list(Message.objects.values_list("state", "attempts")) == [("sent", 1)]


def test_schedules_of_a_future_that_never_was_are_brought_back(db: None) -> None:
    ensure_schedules()
    Schedule.objects.update(next_run=timezone.now() + 30 * DAY)
    ensure_schedules()
    longest = {recurring.name: timedelta(minutes=recurring.minutes) for recurring in RECURRING}
    for schedule in Schedule.objects.filter(name__in=longest):
        assert schedule.next_run <= timezone.now() + longest[schedule.name], schedule.name


def test_schedules_keep_their_moment_otherwise(db: None) -> None:
    ensure_schedules()
    soon = timezone.now() + timedelta(seconds=20)
    Schedule.objects.update(next_run=soon)
    ensure_schedules()
    assert set(Schedule.objects.values_list("next_run", flat=True)) == {soon}
