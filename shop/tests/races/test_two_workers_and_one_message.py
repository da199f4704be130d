"""However many workers take the same task at the same moment, a phone rings once."""

import threading

import pytest
from django.db import connection, connections

from shop.notifications import tasks
from shop.notifications.models import Message
from shop.tests.fakes import africastalking as provider
from shop.tests.order_factories import first_texts, make_order

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

WORKERS = 8


def test_one_of_many_sends(settings):
    settings.ADMIN_EMAIL = ""
    settings.AFRICASTALKING_USERNAME = "duka"
    settings.AFRICASTALKING_API_KEY = "secret"
    first_texts()
    with provider.fake_africastalking() as fake:
        settings.AFRICASTALKING_BASE_URL = fake.url
        orders = [make_order(notify_email=False) for _ in range(3)]
        start = threading.Barrier(WORKERS)
        failures: list[Exception] = []

        def work():
            try:
                start.wait(120)
                for order in orders:
                    tasks.deliver_for_order(order.pk)
            except Exception as error:  # noqa: BLE001  (shown by the main thread)
                failures.append(error)
            finally:
                connections.close_all()

        workers = [threading.Thread(target=work) for _ in range(WORKERS)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(120)
        assert failures == [], connection.vendor
        assert sorted(fake.accepted.values()) == [1, 1, 1]
        assert len(fake.requests) == 3
    states = Message.objects.values_list("state", "attempts")
    assert list(states) == [("sent", 1)] * 3
