"""A request that is sent again with its Idempotency-Key gets the first answer, once made."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError

from shop.api.models import IdempotencyRecord
from shop.core.clock import fixed, now
from shop.orders.models import Order
from shop.tests.api_tokens import bearer, program_token
from shop.tests.factories import first_variant, make_product
from shop.tests.integration.api_orders import ORDERS, body, customer, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def mango(shop_site):
    return first_variant(make_product("Mango", price=116, sku="MG", stock=10))


def test_the_same_key_places_one_order(client, mango):
    sent = body({"sku": "MG"})
    key = {"Idempotency-Key": "f3a1"}
    first = post(client, sent, **key)
    again = client.post(ORDERS, json.dumps(sent), content_type="application/json", headers=key)
    assert (again.status_code, again.json()) == (201, first)
    assert again["Idempotency-Replayed"] == "true"
    assert Order.objects.count() == 1
    other = post(client, body({"sku": "MG", "quantity": 2}), 422, **key)
    assert other["errors"][0]["code"] == "idempotency_key_reused"
    client.force_login(customer("somebody"))
    assert post(client, sent, **key)["id"] != first["id"]
    with fixed(now() + timedelta(hours=25)):
        client.logout()
        assert post(client, sent, **key)["id"] != first["id"]


def test_two_strangers_with_one_key_get_two_carts(client, mango):
    sent = {"sku": "MG", "quantity": 1}
    tokens = {
        type(client)()
        .post(
            "/api/v2/cart/lines/",
            sent,
            content_type="application/json",
            headers={"Idempotency-Key": "1"},
        )
        .json()["token"]
        for _ in range(2)
    }
    assert len(tokens) == 2


def test_refusals_are_repeated_and_faults_are_not_kept(client, mango, monkeypatch):
    sent = body({"sku": "MG", "quantity": 99})
    key = {"Idempotency-Key": "k"}
    assert post(client, sent, 409, **key) == post(client, sent, 409, **key)
    fault = {"Idempotency-Key": "fault"}
    IdempotencyRecord.objects.all().delete()

    def broken(*args, **kwargs):
        raise IntegrityError("out of luck")

    with monkeypatch.context() as patch:
        patch.setattr("shop.api.orders.placing.place_order", broken)
        client.raise_request_exception = False
        assert post(client, body({"sku": "MG"}), 500, **fault)["type"] == "server_error"
    post(client, body({"sku": "MG"}), **fault)


def test_a_fault_after_the_commit_does_not_make_a_second_order(client, mango, monkeypatch):
    fault = {"Idempotency-Key": "fault"}

    def broken(*args, **kwargs):
        raise IntegrityError("out of luck")

    with monkeypatch.context() as patch:
        patch.setattr("shop.api.orders.views.new_order_answer", broken)
        client.raise_request_exception = False
        post(client, body({"sku": "MG"}), 500, **fault)
    first = Order.objects.get()
    assert post(client, body({"sku": "MG"}), **fault)["id"] == first.pk
    assert Order.objects.count() == 1


def test_a_request_that_still_runs_is_not_run_again(client, mango):
    sent = body({"sku": "MG"})
    key = {"Idempotency-Key": "k"}
    first = post(client, sent, **key)
    IdempotencyRecord.objects.update(status=None)
    assert post(client, sent, 409, **key)["errors"][0]["code"] == "request_in_progress"
    # Whoever worked on it was killed after the commit: the order is found, not made again.
    IdempotencyRecord.objects.update(created_at=now() - timedelta(minutes=3))
    assert post(client, sent, **key)["id"] == first["id"]
    assert Order.objects.count() == 1


@pytest.mark.parametrize("key", ["x" * 256, "é"])
def test_a_key_is_plain_text(client, mango, key):
    assert post(client, body({"sku": "MG"}), 400, **{"Idempotency-Key": key})


def placed(client, sent, key, **origin):
    answer = client.post(
        ORDERS,
        json.dumps(sent),
        content_type="application/json",
        headers={"Idempotency-Key": key, "User-Agent": origin.pop("program", "app/1")},
        **origin,
    )
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def test_two_strangers_with_one_key_and_one_wish_get_two_orders(client, mango):
    sent = body({"sku": "MG"})
    mine = placed(client, sent, "1", REMOTE_ADDR="203.0.113.1")
    assert placed(client, sent, "1", REMOTE_ADDR="203.0.113.1") == mine
    assert placed(client, sent, "1", REMOTE_ADDR="203.0.113.2") != mine
    assert placed(client, sent, "1", REMOTE_ADDR="203.0.113.1", program="other/2") != mine
    assert Order.objects.count() == 3


def test_a_random_key_stays_good_when_a_phone_changes_networks(client, mango):
    sent, key = body({"sku": "MG"}), "6f7f9f3c-91d1-4d3a-9c7b-0c0a3f1f5d3e"
    mine = placed(client, sent, key, REMOTE_ADDR="203.0.113.1")
    assert placed(client, sent, key, REMOTE_ADDR="198.51.100.7") == mine
    assert Order.objects.count() == 1


def test_keys_of_programs_that_act_for_one_person_never_meet(client, mango):
    person, sent = customer("amina"), body({"sku": "MG"})
    one, other = (bearer(program_token("orders:write", owner=person)) for _ in range(2))

    def order(headers):
        return post(client, sent, **headers, **{"Idempotency-Key": "same"})["id"]

    first = order(one)
    assert order(one) == first
    assert order(other) != first
    client.force_login(person)
    assert order({}) != first
    assert Order.objects.filter(user=person).count() == 3
