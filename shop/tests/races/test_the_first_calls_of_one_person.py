"""A person of an outside provider calls for the first time, several times at once."""

import threading

import pytest
from allauth.socialaccount.models import SocialAccount
from django.db import connections

from shop.api.authentication.outside import customer_of
from shop.customers.models import User

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

CALLS = 8


def test_one_subject_becomes_one_customer(settings):
    settings.API_JWT_ISSUER = "https://people.test"
    before = User.objects.count()
    ready = threading.Barrier(CALLS)
    found, failed = [], []

    def call():
        ready.wait()
        try:
            found.append(customer_of({"sub": "person-1", "given_name": "Amina"}).pk)
        except Exception as problem:  # noqa: BLE001
            failed.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=call) for _ in range(CALLS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(found) == CALLS
    assert len(set(found)) == 1
    assert User.objects.count() == before + 1
    assert SocialAccount.objects.count() == 1
