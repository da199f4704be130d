"""A shopkeeper words a text while a phone shows it, mends a message, and writes to customers."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from shop.notifications.models import Broadcast, Message, MessageTemplate
from shop.tests.journeys.conftest import DESKTOP, sign_in, with_scripts
from shop.tests.journeys.small_shop import SmallShop
from shop.tests.news_readers import make_reader

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def enter(visit: Callable[..., Page], small_shop: SmallShop) -> Callable[..., Page]:
    """Open windows in the admin."""

    def window(*, scripts: bool = True) -> Page:
        page = visit("/account/login/?next=/admin/", viewport=DESKTOP, scripts=scripts)
        sign_in(page, small_shop.editor.username)
        return page

    return window


def address_of_text() -> str:
    text = MessageTemplate.objects.get(event="order_placed", channel="sms")
    return f"/admin/message-texts/edit/{text.pk}/"


def test_the_phone_shows_what_is_being_written(enter: Callable[..., Page]) -> None:
    page = enter()
    page.goto(address_of_text())
    phone = with_scripts(page).locator(".message-phone__bubble")
    page.locator("#id_body").fill("Asante {first_name}!")
    expect(phone).to_have_text("Asante Wanjiku!")
    page.locator("#id_body").fill("Asante {nobody}!")
    expect(page.get_by_text("{nobody} is not known here.")).to_be_visible()
    page.locator("#id_body").fill("Asante 🎉")
    expect(page.get_by_text("UCS-2")).to_be_visible()


def test_without_scripts_a_button_shows_the_phone_and_sends_a_test(
    enter: Callable[..., Page],
) -> None:
    page = enter(scripts=False)
    page.goto(address_of_text())
    page.locator("#id_body").fill("Asante {first_name}!")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Preview and test").click()
    trial = opened.value
    expect(trial.locator(".message-phone__bubble")).to_have_text("Asante Wanjiku!")
    trial.get_by_label("Phone").fill("0712 000 333")
    trial.get_by_role("button", name="Send a test").click()
    expect(trial.get_by_text("On its way to +254712000333")).to_be_visible()
    assert Message.objects.get(event="trial").body == "Asante Wanjiku!"


def test_a_failed_message_goes_out_again(enter: Callable[..., Page], small_shop: SmallShop) -> None:
    message = small_shop.placed.messages.get(channel="sms", event="order_placed")
    Message.objects.filter(pk=message.pk).update(state="failed", reason="The account is empty")
    page = enter()
    page.goto("/admin/messages/")
    page.get_by_role("link", name="Look at them").click()
    expect(page.get_by_text("The account is empty")).to_be_visible()
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("1 message goes out again in a moment.")).to_be_visible()
    message.refresh_from_db()
    assert message.state == "due"


def test_who_said_yes_is_counted_before_a_broadcast_leaves(enter: Callable[..., Page]) -> None:
    for number, yes in ((1, True), (2, True), (3, False)):
        make_reader(number, yes=yes)
    page = enter()
    page.goto("/admin/messages/broadcasts/new/")
    with_scripts(page).get_by_label("Text").fill("Hi {first_name}, mangoes are in!")
    expect(page.locator(".message-phone__bubble")).to_have_text(
        re.compile("^Hi Wanjiku, mangoes are in! Stop: ")
    )
    expect(page.locator(".message-reach")).to_contain_text("2 people")
    page.get_by_role("button", name="Save and look at it").click()
    page.get_by_role("button", name="Send to 2 people").click()
    expect(page.get_by_text("Messages about orders go first.")).to_be_visible()
    assert Broadcast.objects.get().state == "sending"
