"""Staff register webhooks in the admin, see the secret once, try them and read the log."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.urls import reverse
from django_q.models import OrmQ

from shop.customers.models import User
from shop.tests.fakes.webhook_receiver import webhook_receiver
from shop.tests.webhook_factories import make_delivery, make_endpoint
from shop.webhooks.actions import deliver_to
from shop.webhooks.models import Delivery, Endpoint

pytestmark = pytest.mark.django_db

WISH = {
    "url": "https://93.184.215.14/hooks",
    "description": "Books",
    "events": ["order.paid", "stock.low"],
    "active": "on",
}


@pytest.fixture
def staff(client, shop_site):
    person = User.objects.create_user("manager")
    person.groups.add(Group.objects.get(name="Managers"))
    client.force_login(person)
    return client


def inspect(endpoint):
    return reverse("webhooks:inspect", args=[endpoint.pk])


def log_of(delivery):
    return reverse("webhooks_delivery_modeladmin_inspect", args=[delivery.pk])


def test_the_secret_is_shown_after_making_it_and_never_again(staff):
    made = staff.post(reverse("webhooks:add"), WISH)
    endpoint = Endpoint.objects.get()
    assert made.status_code == 200
    assert endpoint.secret in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    assert (endpoint.events, endpoint.active) == (["order.paid", "stock.low"], True)
    assert endpoint.created_by.username == "manager"

    for address in (
        reverse("webhooks:index"), inspect(endpoint), reverse("webhooks:edit", args=[endpoint.pk]),
        reverse("webhook_secret", args=[endpoint.pk]),
    ):  # fmt: skip
        page = staff.get(address)
        assert page.status_code == 200
        assert endpoint.secret not in page.content.decode()
        assert "Books" in page.content.decode()

    changed = staff.post(reverse("webhook_secret", args=[endpoint.pk]))
    old = endpoint.secret
    endpoint.refresh_from_db()
    assert endpoint.secret != old
    assert endpoint.secret in changed.content.decode()
    assert old not in changed.content.decode()


@pytest.mark.parametrize(
    "url", ["http://93.184.215.14/", "https://127.0.0.1/", "https://localhost/", "https://10.1/"]
)
def test_an_address_inside_is_refused_with_the_reason(staff, url):
    refused = staff.post(reverse("webhooks:add"), {**WISH, "url": url})
    assert refused.context["form"].errors["url"]
    endpoint = make_endpoint()
    edit = reverse("webhooks:edit", args=[endpoint.pk])
    assert staff.post(edit, {**WISH, "url": url}).context["form"].errors["url"]
    assert list(Endpoint.objects.values_list("url", flat=True)) == [endpoint.url]


def test_switching_on_again_gives_a_clean_slate(staff):
    endpoint = make_endpoint(
        active=False, switched_off_because="HTTP 500", failing_since="2026-01-01T00:00:00Z"
    )
    assert "HTTP 500" in staff.get(inspect(endpoint)).content.decode()
    answer = staff.post(reverse("webhooks:edit", args=[endpoint.pk]), WISH)
    assert answer["Location"] == inspect(endpoint)
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.switched_off_because) == ("active", "")
    assert (endpoint.url, endpoint.events) == (WISH["url"], WISH["events"])


def test_a_test_shows_what_became_of_it(staff, settings):
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    with webhook_receiver() as receiver:
        endpoint = make_endpoint(receiver.url)
        answer = staff.post(reverse("webhook_test", args=[endpoint.pk]))
        delivery = Delivery.objects.get()
        assert answer["Location"] == log_of(delivery)
        waiting = staff.get(log_of(delivery))
        assert waiting["Refresh"] == "2"
        deliver_to(endpoint_id=endpoint.pk)
    done = staff.get(log_of(delivery))
    assert "Refresh" not in done
    assert "HTTP 200" in done.content.decode()
    assert "thank you" in done.content.decode()


def test_what_came_back_is_no_part_of_our_page(staff):
    delivery = make_delivery(
        make_endpoint(), state="failed", response_status=500, response_body="<script>alert(1)"
    )
    assert "<script>alert(1)" not in staff.get(log_of(delivery)).content.decode()


def test_a_failed_delivery_is_sent_again(staff):
    delivery = make_delivery(make_endpoint(), state="failed", attempts=8, reason="HTTP 500")
    again = reverse("webhook_replay", args=[delivery.pk])
    shown = staff.get(log_of(delivery)).content.decode()
    assert again in shown
    assert "HTTP 500" in shown
    OrmQ.objects.all().delete()
    staff.post(again)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("due", 0)
    assert OrmQ.objects.count() == 1
    twice = staff.post(again)
    assert "on its way" in str(list(get_messages(twice.wsgi_request))[-1])


def test_the_log_is_searched_and_filtered(staff):
    one, two = make_endpoint(), make_endpoint()
    paid = make_delivery(one, "a", about="482190375", state="delivered")
    failed = make_delivery(two, "b", about="MANGO", event="stock.low", state="failed")
    log = reverse("webhooks_delivery_modeladmin_index")

    def found(**words):
        return [row.pk for row in staff.get(log, words).context["object_list"]]

    assert found() == [failed.pk, paid.pk]
    assert found(q="482 190 375") == [paid.pk]
    assert found(q="mango") == [failed.pk]
    assert found(q=str(paid.event_id)) == [paid.pk]
    assert found(state__exact="failed") == [failed.pk]
    assert found(event__exact="order.paid") == [paid.pk]
    assert found(endpoint__id__exact=two.pk) == [failed.pk]
    assert f"endpoint__id__exact={one.pk}" in staff.get(inspect(one)).content.decode()


def test_a_removed_webhook_takes_its_log_along(staff):
    endpoint = make_endpoint()
    make_delivery(endpoint)
    staff.post(reverse("webhooks:delete", args=[endpoint.pk]))
    assert (Endpoint.objects.count(), Delivery.objects.count()) == (0, 0)


@pytest.mark.parametrize("role", ["Support", "Editors", "Catalogue managers", "Order desk"])
def test_webhooks_are_no_affair_of_others(client, shop_site, role):
    person = User.objects.create_user("worker")
    person.groups.add(Group.objects.get(name=role))
    client.force_login(person)
    endpoint = make_endpoint()
    delivery = make_delivery(endpoint, state="failed")
    reads = [
        reverse("webhooks:index"), reverse("webhooks:add"), inspect(endpoint),
        reverse("webhooks:edit", args=[endpoint.pk]), log_of(delivery),
        reverse("webhooks_delivery_modeladmin_index"),
        reverse("webhook_secret", args=[endpoint.pk]),
    ]  # fmt: skip
    writes = [
        reverse("webhooks:add"), reverse("webhook_test", args=[endpoint.pk]),
        reverse("webhook_secret", args=[endpoint.pk]),
        reverse("webhook_replay", args=[delivery.pk]),
        reverse("webhooks:delete", args=[endpoint.pk]),
    ]  # fmt: skip
    secret = endpoint.secret
    assert not [address for address in reads if client.get(address).status_code == 200]
    assert not [address for address in writes if client.post(address, WISH).status_code == 200]
    endpoint.refresh_from_db()
    assert endpoint.secret == secret
    assert list(Delivery.objects.values_list("state", flat=True)) == ["failed"]
