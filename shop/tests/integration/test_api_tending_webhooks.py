"""Staff register webhooks over the API, try them, and read and repeat what was sent."""

import pytest
from django.contrib.auth.models import Group, Permission

from shop.customers.models import User
from shop.tests.api_tokens import bearer, program_token
from shop.tests.webhook_factories import make_delivery, make_endpoint
from shop.webhooks.models import Delivery, Endpoint

pytestmark = pytest.mark.django_db

LIST = "/api/v2/webhooks/"
WISH = {"url": "https://93.184.215.14/hooks", "events": ["order.paid", "stock.low"]}


def send(client, method, address, body=None, **headers):
    return getattr(client, method)(address, body, content_type="application/json", headers=headers)


def errors(answer):
    return [(error["code"], error["attr"]) for error in answer.json()["errors"]]


@pytest.fixture
def manager(db):
    person = User.objects.create_user("manager")
    person.groups.add(Group.objects.get(name="Managers"))
    return person


@pytest.fixture
def staff(client, manager):
    client.force_login(manager)
    return client


def test_the_secret_is_shown_once(staff, manager):
    made = send(staff, "post", LIST, {**WISH, "description": "Books"})
    assert made.status_code == 201
    webhook = made.json()
    endpoint = Endpoint.objects.get()
    assert webhook["secret"] == endpoint.secret
    assert (webhook["events"], webhook["active"]) == (["order.paid", "stock.low"], True)
    assert endpoint.created_by == manager

    one = f"{LIST}{webhook['id']}/"
    changed = send(staff, "patch", one, {"active": False})
    for shown in (staff.get(LIST).json()["items"][0], staff.get(one).json(), changed.json()):
        assert "secret" not in shown
        assert shown["description"] == "Books"
    assert changed.json()["active"] is False

    rotated = send(staff, "post", f"{one}secret/").json()
    assert rotated["secret"] not in ("", webhook["secret"])

    assert staff.delete(one).status_code == 204
    assert staff.get(one).status_code == 404
    assert staff.get(LIST).json() == {"meta": {"total_count": 0}, "items": []}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"url": "https://127.0.0.1/"}, ("address_refused", "url")),
        ({"url": "http://93.184.215.14/"}, ("address_refused", "url")),
        ({"url": "https://169.254.169.254/latest"}, ("address_refused", "url")),
        ({"url": "https://localhost/"}, ("address_refused", "url")),
        ({"url": ""}, ("blank", "url")),
        ({"url": "https://a.example/" + "a" * 500}, ("max_length", "url")),
        ({"events": []}, ("empty", "events")),
        ({"events": ["order.eaten"]}, ("invalid_choice", "events.0")),
    ],
)
def test_what_cannot_be_registered_is_named(staff, body, found):
    refused = send(staff, "post", LIST, {**WISH, **body})
    assert refused.status_code == 400
    assert errors(refused) == [found]
    endpoint = make_endpoint()
    refused = send(staff, "patch", f"{LIST}{endpoint.pk}/", body)
    assert (refused.status_code, errors(refused)) == (400, [found])
    assert Endpoint.objects.count() == 1


def test_the_same_key_registers_once(staff):
    first = send(staff, "post", LIST, WISH, **{"Idempotency-Key": "a"})
    second = send(staff, "post", LIST, WISH, **{"Idempotency-Key": "a"})
    assert first.json() == second.json()
    assert Endpoint.objects.count() == 1


def test_deliveries_are_read_and_repeated(staff):
    endpoint, other = make_endpoint(), make_endpoint()
    failed = make_delivery(
        endpoint, "a", state="failed", attempts=8, response_status=500, reason="HTTP 500"
    )
    make_delivery(endpoint, "b", event="stock.low")
    strange = make_delivery(other, "a", state="failed")
    log = f"{LIST}{endpoint.pk}/deliveries/"

    everything = staff.get(log).json()
    assert everything["meta"]["total_count"] == 2
    assert [item["event"] for item in everything["items"]] == ["stock.low", "order.paid"]
    assert [item["id"] for item in staff.get(f"{log}?status=failed").json()["items"]] == [failed.pk]
    assert staff.get(f"{log}?event=stock.low&limit=0").json()["meta"]["total_count"] == 1
    assert staff.get(f"{log}?status=lost").status_code == 400
    shown = staff.get(f"{log}{failed.pk}/").json()
    assert (shown["response_status"], shown["reason"]) == (500, "HTTP 500")
    assert shown["payload"] == {"id": "1", "type": "order.paid"}

    again = send(staff, "post", f"{log}{failed.pk}/replay/")
    assert (again.status_code, again.json()["status"]) == (202, "due")
    twice = send(staff, "post", f"{log}{failed.pk}/replay/")
    assert (twice.status_code, errors(twice)) == (409, [("still_on_its_way", None)])
    assert staff.get(f"{log}{strange.pk}/").status_code == 404
    assert send(staff, "post", f"{log}{strange.pk}/replay/").status_code == 404
    assert staff.get(f"{LIST}{'9' * 30}/deliveries/").status_code == 404


def test_a_test_is_written_and_queued(staff):
    endpoint = make_endpoint(events=["order.paid"])
    tried = send(staff, "post", f"{LIST}{endpoint.pk}/test/")
    assert (tried.status_code, tried.json()["event"]) == (202, "ping")
    assert Delivery.objects.get().payload.count(tried.json()["event_id"]) == 1

    off = make_endpoint(active=False)
    refused = send(staff, "post", f"{LIST}{off.pk}/test/")
    assert (refused.status_code, errors(refused)) == (409, [("webhook_off", None)])


def every_address():
    endpoint = make_endpoint()
    delivery = make_delivery(endpoint, state="failed")
    one, log = f"{LIST}{endpoint.pk}/", f"{LIST}{endpoint.pk}/deliveries/"
    return [
        ("get", LIST, 200),
        ("post", LIST, 201),
        ("get", one, 200),
        ("patch", one, 200),
        ("post", f"{one}secret/", 200),
        ("post", f"{one}test/", 202),
        ("get", log, 200),
        ("get", f"{log}{delivery.pk}/", 200),
        ("post", f"{log}{delivery.pk}/replay/", 202),
        ("delete", one, 204),
    ]


def statuses(client, **headers):
    found = []
    for method, address, _expected in every_address():
        body = None if method == "get" else WISH
        found.append(send(client, method, address, body, **headers).status_code)
    return found


@pytest.mark.parametrize("role", ["nobody", "customer", "Support", "Editors", "Order desk"])
def test_webhooks_are_no_affair_of_others(client, role):
    if role != "nobody":
        person = User.objects.create_user("somebody")
        person.groups.set(Group.objects.filter(name=role))
        client.force_login(person)
    assert set(statuses(client)) == {401 if role == "nobody" else 403}


def test_managers_do_everything(staff):
    assert statuses(staff) == [expected for _method, _address, expected in every_address()]


def test_who_may_look_may_not_change(client):
    person = User.objects.create_user("looker")
    looking = Permission.objects.filter(
        content_type__app_label="webhooks", codename__in=["view_endpoint", "view_delivery"]
    )
    person.user_permissions.add(*looking)
    client.force_login(person)
    assert statuses(client) == [
        200 if method == "get" else 403 for method, _address, _expected in every_address()
    ]


@pytest.mark.parametrize(
    ("scopes", "reads", "writes"),
    [
        (("orders:read", "catalog:write"), True, True),
        (("orders:read",), True, False),
        (("catalog:write",), False, False),
        (("orders:write", "profile"), False, False),
    ],
)
def test_a_token_needs_the_scopes_beside_the_rights(client, manager, scopes, reads, writes):
    token = bearer(program_token(*scopes, owner=manager))
    expected = [
        answer if (reads if method == "get" else writes) else 403
        for method, _address, answer in every_address()
    ]
    assert statuses(client, **token) == expected


def test_a_token_of_nobody_has_no_rights(client):
    token = bearer(program_token("orders:read", "catalog:write"))
    assert set(statuses(client, **token)) <= {401, 403}
