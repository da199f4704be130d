"""Where a name leads is judged at registering and at each delivery; the connection is pinned."""

import datetime
import socket
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from shop.core.errors import ShopError
from shop.tests.fakes.webhook_receiver import webhook_receiver
from shop.tests.webhook_factories import make_delivery, make_endpoint
from shop.webhooks.actions import change, deliver_to, register
from shop.webhooks.gateways.post import _trust
from shop.webhooks.models import Endpoint

pytestmark = pytest.mark.django_db

PUBLIC = "93.184.215.14"


@pytest.fixture
def names(monkeypatch):
    """Stand in for the DNS: name to what each look-up answers, the last one for ever."""
    answers = {}
    asked = []
    real = socket.getaddrinfo

    def getaddrinfo(host, port, *args, **kwargs):
        if host not in answers:
            return real(host, port, *args, **kwargs)
        asked.append(host)
        found = answers[host]
        addresses = found.pop(0) if len(found) > 1 else found[0]
        return [entry for each in addresses for entry in real(each, port, *args, **kwargs)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    answers["asked"] = asked
    return answers


@pytest.mark.parametrize(
    "url",
    ["http://hooks.example.org/", "https://169.254.169.254/", "https://localhost/", "https://db/"],
)
def test_registering_a_private_address_is_refused(names, url):
    names["db"] = [["10.0.0.7"]]
    with pytest.raises(ShopError) as refused:
        register(url=url, events=["order.paid"])
    assert (refused.value.code, refused.value.field) == ("address_refused", "url")
    assert not Endpoint.objects.exists()

    endpoint = make_endpoint()
    with pytest.raises(ShopError):
        change(endpoint=endpoint, url=url)
    endpoint.refresh_from_db()
    assert PUBLIC in endpoint.url


def test_one_private_address_among_public_ones_is_enough(names):
    names["hooks.example.org"] = [[PUBLIC, "192.168.1.1"]]
    with pytest.raises(ShopError):
        register(url="https://hooks.example.org/", events=["order.paid"])


def test_a_public_name_and_one_that_cannot_be_looked_up_now_are_taken(names):
    names["hooks.example.org"] = [[PUBLIC]]
    for url in ("https://hooks.example.org/x", "https://nobody.invalid/"):
        assert register(url=url, events=["order.paid"]).url == url


def test_an_unknown_event_is_refused():
    for events in ([], ["order.eaten"]):
        with pytest.raises(ShopError) as refused:
            register(url=f"https://{PUBLIC}/", events=events)
        assert refused.value.code == "unknown_event"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "rebound.test"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_what_leads_inside_now_is_not_sent(names, host, scheme):
    names["rebound.test"] = [["127.0.0.1"]]
    with webhook_receiver() as inside:
        endpoint = make_endpoint(f"{scheme}://{host}:{inside.port}/")
        delivery = make_delivery(endpoint)
        deliver_to(endpoint_id=endpoint.pk)
        assert inside.received == []
    delivery.refresh_from_db()
    assert (delivery.state, delivery.response_status) == ("due", None)
    assert delivery.reason.startswith("Not sent:")


def test_a_name_is_looked_up_once_for_judging_and_connecting(names, settings):
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    with webhook_receiver() as first, webhook_receiver() as second:
        # The second look-up would lead elsewhere, as in an attack by DNS rebinding.
        names["hooks.example.org"] = [["127.0.0.1"], ["127.0.0.2"]]
        endpoint = make_endpoint(f"http://hooks.example.org:{first.port}/")
        make_delivery(endpoint)
        deliver_to(endpoint_id=endpoint.pk)
        assert first.received[0].headers["Host"] == f"hooks.example.org:{first.port}"
        assert second.received == []
    assert names["asked"] == ["hooks.example.org"]


def test_a_proxy_of_the_environment_is_not_asked(settings, monkeypatch):
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    with webhook_receiver() as receiver, webhook_receiver() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        endpoint = make_endpoint(receiver.url)
        make_delivery(endpoint)
        deliver_to(endpoint_id=endpoint.pk)
        assert (len(receiver.received), len(proxy.received)) == (1, 0)


def certificate_for(name: str, folder: Path) -> Path:
    """Write a certificate that signs itself, and its key, into one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    day = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(day - datetime.timedelta(days=1))
        .not_valid_after(day + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@pytest.fixture
def trusted(tmp_path, monkeypatch):
    """A certificate of hooks.example.org that this system trusts."""
    path = certificate_for("hooks.example.org", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    _trust.cache_clear()
    yield path
    _trust.cache_clear()


def test_the_certificate_is_checked_against_the_name(trusted, names, settings):
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    names["hooks.example.org"] = names["other.example.org"] = [["127.0.0.1"]]
    with webhook_receiver(trusted) as receiver:
        for name in ("hooks.example.org", "other.example.org", "127.0.0.1"):
            endpoint = make_endpoint(f"https://{name}:{receiver.port}/", description=name)
            make_delivery(endpoint)
            deliver_to(endpoint_id=endpoint.pk)
        assert len(receiver.received) == 1
    good, *bad = (endpoint.deliveries.get() for endpoint in Endpoint.objects.order_by("pk"))
    assert good.state == "delivered"
    assert [delivery.state for delivery in bad] == ["due", "due"]
    assert all("certificate" in delivery.reason.lower() for delivery in bad)


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path, names, settings):
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    names["hooks.example.org"] = [["127.0.0.1"]]
    with webhook_receiver(certificate_for("hooks.example.org", tmp_path)) as receiver:
        endpoint = make_endpoint(f"https://hooks.example.org:{receiver.port}/")
        make_delivery(endpoint)
        deliver_to(endpoint_id=endpoint.pk)
        assert receiver.received == []
    assert "certificate" in endpoint.deliveries.get().reason.lower()
