"""A customer who uses all the shop has: what is kept of her stands in many tables."""

from datetime import UTC, datetime

from allauth.account.models import EmailAddress
from allauth.idp.oidc.models import Client as ApiClient
from allauth.idp.oidc.models import Token
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone
from django_q.models import Task
from wagtail.models import ModelLogEntry

from shop.customers import actions
from shop.customers.models import User
from shop.flows.confirm_order import confirm_order
from shop.flows.deliver_order import deliver_order
from shop.flows.pack_order import pack_order
from shop.flows.ship_order import ship_order
from shop.notifications.models import CarrierReport, Message
from shop.orders.models import Order
from shop.tests.factories import make_product
from shop.tests.integration.api_orders import body, post
from shop.webhooks.models import Endpoint, Event

PASSWORD = "a long walk to Kisumu"
SPRING = datetime(2026, 3, 5, 9, tzinfo=UTC)
# What tells of Zawadi, in every place where somebody may have written it down.
NAMES = {"Zawadi", "Nekesa"}
NUMBERS = {"722000111"}
MAILS = {"zawadi@example.org", "nekesa@example.com"}
PLACES = {"Loresho Ridge", "Yellow minaret", "Purple gate"}
EVERYTHING = NAMES | NUMBERS | MAILS | PLACES | {"Ring twice", "10.20.30.40"}


def make_zawadi() -> User:
    """Make the customer whose traces are looked for."""
    person = User.objects.create_user(
        "zawadi",
        "zawadi@example.org",
        PASSWORD,
        first_name="Zawadi",
        last_name="Nekesa",
        phone="+254722000111",
        phone_verified=True,
        claimed={"first_name": "Zawadi", "phone": "+254722000111"},
    )
    for email in ("zawadi@example.org", "nekesa@example.com"):
        EmailAddress.objects.create(
            user=person, email=email, verified=True, primary=email == person.email
        )
    return person


def signed_in(person: User) -> Client:
    client = Client(REMOTE_ADDR="10.20.30.40")
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(person.pk)
    return client


def live_richly(zawadi: User) -> Client:
    """Let Zawadi use all the shop has."""
    mangoes = make_product("Mangoes", stock=50, sku="MANGO")
    Endpoint.objects.create(url="https://books.example.org/", events=list(Event.values))
    client = signed_in(zawadi)
    actions.save_address(zawadi, county="Nairobi", area="Loresho Ridge", landmark="Purple gate")
    actions.set_consent(zawadi, purpose="marketing_sms", given=True, source="account")
    actions.add_wish(zawadi, mangoes.pk)
    client.post("/cart/lines/", {"variant": "MANGO", "quantity": 1})
    sent = body(
        {"sku": "MANGO", "quantity": 2},
        contact={"name": "Zawadi Nekesa", "phone": "0722 000 111", "email": "zawadi@example.org"},
        address={"county": "Nairobi", "area": "Loresho Ridge", "landmark": "Yellow minaret"},
        notify={"sms": True, "email": True},
        notes="Ring twice for Zawadi",
    )
    post(client, sent, **{"Idempotency-Key": "zawadi-1"})
    order = Order.objects.get(user=zawadi)
    for step in (confirm_order, pack_order, ship_order, deliver_order):
        step(order_id=order.pk, actor="Staff", note="Zawadi 0722 000 111 was at home")
    SocialAccount.objects.create(
        user=zawadi,
        provider="oidc",
        uid="z-1",
        extra_data={"name": "Zawadi", "phone": "0722000111"},
    )
    Authenticator.objects.create(user=zawadi, type="totp", data={"secret": "x"})
    app = ApiClient.objects.create(name="Zawadi's app", owner=zawadi)
    Token.objects.create(type="at", hash="1", user=zawadi, data={"email": "nekesa@example.com"})
    Token.objects.create(type="rt", hash="2", client=app)
    ModelLogEntry.objects.log_action(zawadi, "wagtail.edit")
    about = {"channel": "sms", "recipient": "+254722000111"}
    Message.objects.create(user=zawadi, event="welcome", body="Welcome, Zawadi!", **about)
    for whose in (zawadi, None):
        Message.objects.create(
            user=whose, event="sign_in_code", body="your code is 424242", expires_at=SPRING, **about
        )
    actions.write_note(zawadi, text="Zawadi has a yellow minaret", actor="Staff")
    CarrierReport.objects.create(
        kind="incoming", phone="+254722000111", body="from=%2B254722000111&text=Zawadi+here"
    )
    half_way = SessionStore()
    half_way["account_login"] = {"email": "zawadi@example.org", "phone": "+254722000111"}
    half_way.save()
    Task.objects.create(
        id="1", name="mail", func="x.y", started=timezone.now(), stopped=timezone.now(),
        success=False, result="refused: zawadi@example.org",
    )  # fmt: skip
    return client
