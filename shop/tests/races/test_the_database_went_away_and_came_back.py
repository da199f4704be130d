"""A server process of PostgreSQL ends between two requests; the next request notices in time."""

import psycopg
import pytest
from django.core.signals import request_started
from django.db import close_old_connections, connection

from shop.catalog.models import Product

pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL"),
]


def a_request_begins() -> None:
    close_old_connections()
    request_started.send(sender=None)


def test_a_lost_connection_is_made_anew() -> None:
    connection.health_check_enabled = connection.settings_dict["CONN_HEALTH_CHECKS"]
    a_request_begins()
    assert Product.objects.count() == 0
    lost = connection.connection.info.backend_pid
    with psycopg.connect(connection.connection.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [lost])

    a_request_begins()

    assert Product.objects.count() == 0
    assert connection.connection.info.backend_pid != lost
