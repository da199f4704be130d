"""Staff see what to pack, split orders, hand many parcels over at once, and print their papers."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shop.customers.models import User
from shop.flows.answer_return import answer_return
from shop.flows.ask_for_return import ask_for_return
from shop.flows.confirm_order import confirm_order
from shop.flows.pack_order import pack_order
from shop.flows.ship_order import ship_order
from shop.fulfilment.models import Carrier, Return, Shipment
from shop.tests.integration.parcels import content, in_two_parcels, lines, placed, shelf

pytestmark = pytest.mark.django_db


def said(answer):
    return [str(message).strip() for message in get_messages(answer.wsgi_request)]


def work(client, here, do, *shipments, **words):
    chosen = {"do": do, "parcel": [shipment.pk for shipment in shipments], **words}
    return client.post(f"{reverse('parcels')}?list={here}", chosen)


def page_of(order):
    return reverse("orders_order_modeladmin_inspect", args=[order.pk])


def test_many_parcels_are_packed_and_handed_over_at_once(admin_client, shop_site):
    order, first, second = in_two_parcels()
    other = placed()
    confirm_order(order_id=other.pk)
    third = other.shipments.get()
    Carrier.objects.create(name="G4S", tracking_pattern="https://g4s.example/{number}")
    assert admin_client.get(reverse("parcels")).context["page"].paginator.count == 3

    answer = work(admin_client, "preparing", "packed", first, second, third)
    assert said(answer) == ["3 parcels: packed."]
    page = admin_client.get(f"{reverse('parcels')}?list=packed").content.decode()
    assert page.count('name="parcel"') == 3
    assert "G4S" in page

    answer = work(
        admin_client,
        "packed",
        "shipped",
        first,
        third,
        **{f"carrier-{first.pk}": "g4s", f"number-{first.pk}": "A1", f"number-{third.pk}": "R 7"},
    )
    assert said(answer) == ["2 parcels: on its way."]
    first.refresh_from_db()
    third.refresh_from_db()
    assert (first.tracking_url, first.shipped_by) == ("https://g4s.example/A1", "admin@example.com")
    assert (third.carrier_name, third.tracking_number) == ("", "R 7")
    assert shelf() == [(7, 0), (9, 1), (7, 0), (8, 0)]
    order.refresh_from_db()
    assert order.status == "partly_shipped"

    # One that somebody else moved meanwhile is not moved again.
    work(admin_client, "packed", "shipped", first, second)
    assert shelf() == [(7, 0), (8, 0), (7, 0), (8, 0)]
    assert said(work(admin_client, "packed", "shipped"))[-1] == "Tick the parcels first."


def test_the_lists_take_few_queries(admin_client, shop_site):
    for _ in range(3):
        in_two_parcels()
    admin_client.get(reverse("parcels"))
    with CaptureQueriesContext(connection) as queries:
        admin_client.get(reverse("parcels"))
    assert len(queries) <= 12, "\n".join(query["sql"][:150] for query in queries)


def test_an_order_is_split_moved_and_shown_on_its_page(admin_client, shop_site):
    order = placed()
    confirm_order(order_id=order.pk)
    pots, mugs = lines(order)
    split = reverse("order_split", args=[order.pk])
    assert split in admin_client.get(page_of(order)).content.decode()
    assert admin_client.post(split, {}).status_code == 200
    assert admin_client.post(split, {f"line-{pots.pk}": 4}).status_code == 200
    assert order.shipments.count() == 1
    answer = admin_client.post(split, {f"line-{pots.pk}": 1, f"line-{mugs.pk}": ""})
    assert answer.status_code == 302
    second = order.shipments.get(number=2)
    assert content(second) == {"Clay pot": 1}

    def step(name, **words):
        address = reverse("parcel_step", args=[second.pk, name])
        assert admin_client.get(address).status_code == 200
        assert admin_client.post(address, words).status_code == 302
        second.refresh_from_db()

    step("packed", note="Well wrapped")
    step("shipped", carrier="Our own rider", tracking_number="7")
    step("tracking", carrier="Our own rider", tracking_number="8")
    step("delivered")
    assert (second.status, second.tracking_number) == ("delivered", "8")
    with CaptureQueriesContext(connection) as queries:
        page = admin_client.get(page_of(order)).content.decode()
    assert len(queries) <= 30
    for text in ("Parcel 2", "Our own rider 8", "Partly on its way", "Well wrapped"):
        assert text in page, text
    refused = admin_client.get(reverse("parcel_step", args=[second.pk, "cancelled"]))
    assert refused.status_code == 302
    assert said(refused) == ["This cannot be done now: delivered."]


def test_papers_to_print(admin_client, shop_site):
    order, first, second = in_two_parcels(notes="Ring twice")
    answer = work(admin_client, "preparing", "slips", first, second)
    slips = admin_client.get(answer["Location"]).content.decode()
    assert slips.count('<article class="paper">') == 2
    for text in (order.readable_number, "Parcel 2 of 2", "Blue gate", "Clay pot", "Ring twice"):
        assert text in slips, text
    assert "KSh" in slips  # to be collected at the door
    order.payment_status = "paid"
    order.save()
    label = admin_client.get(f"{reverse('parcel_papers', args=['labels'])}?parcel={first.pk}")
    assert "Wanjiku Kamau" in label.content.decode()
    assert "KSh" not in label.content.decode()
    order.pickup_place = "Kiosk at the stage, Stage 4"
    order.save()
    for kind in ("labels", "slips"):
        address = reverse("parcel_papers", args=[kind])
        paper = admin_client.get(f"{address}?parcel={first.pk}").content.decode()
        assert "Kiosk at the stage, Stage 4" in paper, kind
        assert "Blue gate" not in paper, kind
    for missing in ("slips/", "slips/?parcel=x", "poems/?parcel=1"):
        assert admin_client.get(f"/admin/parcels/papers/{missing}").status_code == 404


def test_a_return_is_answered_and_taken_in(admin_client, shop_site):
    order = placed()
    confirm_order(order_id=order.pk)
    pack_order(order_id=order.pk)
    ship_order(order_id=order.pk)
    pots, _mugs = lines(order)
    asked = ask_for_return(order_id=order.pk, units={pots.pk: 2}, words="It has cracks")
    for address in (page_of(order), f"{reverse('parcels')}?list=returns"):
        assert "It has cracks" in admin_client.get(address).content.decode()

    def step(name, status=302, **words):
        address = reverse("return_step", args=[asked.pk, name])
        assert admin_client.get(address).status_code == 200
        answer = admin_client.post(address, words)
        assert answer.status_code == status
        asked.refresh_from_db()
        return answer

    step("refused", status=200)  # wants a word to the buyer
    step("accepted", answer="Bring it to the shop")
    step("received", **{f"line-{pots.pk}": 1})
    assert (asked.status, shelf()) == ("received", [(8, 0), (8, 0)])
    answer = step("refunded")  # no money of this order came
    assert asked.status == "received"
    assert "No money" in said(answer)[-1]


def test_who_only_reads_moves_nothing(client, shop_site):
    order, first, _second = in_two_parcels()
    pack_order(order_id=order.pk)
    ship_order(order_id=order.pk)
    asked = ask_for_return(order_id=order.pk, units={lines(order)[0].pk: 1})
    clerk = User.objects.create_user("clerk")
    clerk.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "view_order"])
    )
    client.force_login(clerk)
    page = client.get(page_of(order)).content.decode()
    assert "Parcel 2" in page
    assert "/admin/returns/" not in page
    assert client.get(reverse("parcels")).status_code == 200
    work(client, "shipped", "delivered", first)
    for address in (
        reverse("parcel_step", args=[first.pk, "delivered"]),
        reverse("return_step", args=[asked.pk, "accepted"]),
        reverse("order_split", args=[order.pk]),
    ):
        client.post(address, {})
    assert set(Shipment.objects.values_list("status", flat=True)) == {"shipped"}
    assert Return.objects.get().status == "asked"
    client.force_login(User.objects.create_user("nobody"))
    assert client.get(reverse("parcels")).status_code == 302


def test_a_refused_return_tells_the_buyer_why(client, shop_site):
    order = placed()
    confirm_order(order_id=order.pk)
    pack_order(order_id=order.pk)
    ship_order(order_id=order.pk)
    asked = ask_for_return(order_id=order.pk, units={lines(order)[0].pk: 1})
    answer_return(return_id=asked.pk, accept=False, answer="It was used.")
    assert "It was used." in client.get(order.get_absolute_url()).content.decode()


def splits(order):
    planned = order.events.filter(kind="parcel_planned").order_by("pk")
    return list(planned.values_list("text", flat=True))


def split(client, order, **units):
    address = reverse("order_split", args=[order.pk])
    return client.post(address, {f"line-{pk}": count for pk, count in units.items()}, follow=True)


def test_an_order_that_nobody_confirmed_is_split_with_all_its_lines(admin_client, shop_site):
    order = placed()
    _pots, mugs = lines(order)
    page = admin_client.get(reverse("order_split", args=[order.pk]))
    assert [(field.label, field.help_text) for field in page.context["form"]] == [
        ("Clay pot", "of 3"),
        ("Enamel mug", "of 2"),
    ]
    assert "confirmed by this" in page.content.decode()
    split(admin_client, order, **{str(mugs.pk): 1})
    order.refresh_from_db()
    assert order.status == "confirmed"
    assert [content(shipment) for shipment in order.shipments.order_by("number")] == [
        {"Clay pot": 3, "Enamel mug": 1},
        {"Enamel mug": 1},
    ]


def test_each_split_leaves_its_line_and_counts_in_words(admin_client, shop_site):
    order, _first, _second = in_two_parcels()
    pots, mugs = lines(order)
    assert [text.split(": ")[1] for text in splits(order)] == ["1 unit"]
    # Both mugs on their own: the parcel that held one of them holds both now.
    split(admin_client, order, **{str(mugs.pk): 2})
    assert [text.split(": ")[1] for text in splits(order)] == ["1 unit", "2 units"]
    split(admin_client, order, **{str(mugs.pk): 2})  # as it is already
    assert len(splits(order)) == 2
    split(admin_client, order, **{str(pots.pk): 1, str(mugs.pk): 2})
    assert splits(order)[2].endswith(": 3 units")


def test_where_nothing_is_left_to_pack_nothing_is_split(admin_client, shop_site):
    order, _first, _second = in_two_parcels()
    pack_order(order_id=order.pk)
    page = split(admin_client, order)
    assert "Nothing of this order is left to pack." in page.content.decode()
    assert page.redirect_chain == [(page_of(order), 302)]


def test_a_step_says_what_the_parcel_is_now(admin_client, shop_site):
    order, first, _second = in_two_parcels()
    steps = [("packed", {}), ("shipped", {"carrier": "G4S"}), ("tracking", {"carrier": "Boda"})]
    told = [
        said(admin_client.post(reverse("parcel_step", args=[first.pk, step]), words))[-1]
        for step, words in steps
    ]
    assert told == ["Parcel 1: packed.", "Parcel 1: on its way.", "Parcel 1: tracking."]
    assert order.shipments.get(number=1).carrier_name == "Boda"
