"""Where a webhook may go, when it is tried again, and how it is signed."""

import hashlib
import hmac
from datetime import timedelta
from ipaddress import ip_address

import pytest

from shop.webhooks import rules


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/",
        "ftp://hooks.example.org/",
        "file:///etc/passwd",
        "gopher://hooks.example.org/",
        "javascript:alert(1)",
        "//hooks.example.org/",
        "hooks.example.org",
        "",
        "https://",
        "https:///path",
        "https://me:secret@hooks.example.org/",
        "https://hooks.example.org@127.0.0.1/",
        "https://hooks.example.org/#x",
        "https://hooks.example.org:25/",
        "https://hooks.example.org:0/",
        "https://hooks.example.org:99999/",
        "https://hooks.example.org:x/",
        "https://hooks .example.org/",
        "https://hooks.example.org/a\r\nHost: 10.0.0.1",
        "https://hooks.example.org\\@10.0.0.1/",
        "https://bücher.example/",
        "https://\uff11\uff12\uff17.0.0.1/",
        "https://a..example.org/",
        f"https://{'a' * 64}.example.org/",
        f"https://hooks.example.org/{'a' * 500}",
        "https://[::1",
        "https://127.0.0.1/",
        "https://127.0.0.1./",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://017700000001/",
        "https://10.1.2.3/",
        "https://172.16.0.1/",
        "https://192.168.1.1/",
        "https://100.64.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://168.63.129.16/",
        "https://192.0.0.192/",
        "https://0.0.0.0/",
        "https://224.0.0.1/",
        "https://240.0.0.1/",
        "https://255.255.255.255/",
        "https://198.18.0.1/",
        "https://192.0.2.1/",
        "https://192.88.99.1/",
        "https://[::]/",
        "https://[::1]/",
        "https://[::127.0.0.1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[::ffff:169.254.169.254]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[64:ff9b::a9fe:a9fe]/",
        "https://[64:ff9b:1::808:808]/",
        "https://[2002:7f00:1::]/",
        "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
        "https://[fe80::1]/",
        "https://[fe80::1%25eth0]/",
        "https://[fec0::1]/",
        "https://[fc00::1]/",
        "https://[fd00:ec2::254]/",
        "https://[ff02::1]/",
        "https://[2001:db8::1]/",
    ],
)
def test_an_address_that_is_refused(url):
    with pytest.raises(rules.BadTarget):
        rules.read_target(url)


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://hooks.example.org", (True, "hooks.example.org", 443, "/", "hooks.example.org")),
        (
            "HTTPS://Hooks.Example.org:8443/a/b?c=d%20e",
            (True, "hooks.example.org", 8443, "/a/b?c=d%20e", "hooks.example.org:8443"),
        ),
        ("https://8.8.8.8/x", (True, "8.8.8.8", 443, "/x", "8.8.8.8")),
        ("https://[2606:4700::1111]/", (True, "2606:4700::1111", 443, "/", "[2606:4700::1111]")),
        ("https://[64:ff9b::808:808]/", (True, "64:ff9b::808:808", 443, "/", "[64:ff9b::808:808]")),
    ],
)
def test_an_address_on_the_internet(url, target):
    read = rules.read_target(url)
    assert (read.secure, read.host, read.port, read.path, read.authority) == target


def test_an_own_network_is_open_where_the_shop_says_so():
    read = rules.read_target("http://127.0.0.1:8000/hooks", private_allowed=True)
    assert (read.secure, read.host, read.port, read.authority) == (
        False, "127.0.0.1", 8000, "127.0.0.1:8000",
    )  # fmt: skip
    for url in ("http://user@localhost:8000/", "http://127.1:8000/", "http://localhost:22/"):
        with pytest.raises(rules.BadTarget):
            rules.read_target(url, private_allowed=True)


def test_a_mapped_address_is_judged_by_what_it_carries():
    assert rules.is_public(ip_address("::ffff:8.8.8.8"))
    assert not rules.is_public(ip_address("::ffff:10.0.0.1"))


def test_a_receiver_can_prove_the_signature():
    body = '{"id":"1","name":"Müsli"}'.encode()
    header = rules.signature(["new", "old"], timestamp=1_700_000_000, body=body)

    fields = [part.split("=", 1) for part in header.split(",")]
    assert fields[0] == ["t", "1700000000"]
    for (name, proof), key in zip(fields[1:], (b"new", b"old"), strict=True):
        assert name == "v1"
        assert proof == hmac.new(key, b"1700000000." + body, hashlib.sha256).hexdigest()


def test_tries_spread_over_a_day_and_end():
    pauses = [rules.pause_before_retry(attempt) for attempt in range(1, rules.MAX_ATTEMPTS)]
    assert pauses == sorted(pauses)
    assert timedelta(hours=20) < sum(pauses, timedelta()) < timedelta(hours=26)
    assert rules.pause_before_retry(rules.MAX_ATTEMPTS) is None


def test_the_longer_the_trouble_the_longer_the_rest():
    minutes = [0, 5, 60, 24 * 60]
    rests = [rules.rest_of_endpoint(timedelta(minutes=n)).total_seconds() for n in minutes]
    assert rests == [30, 30, 360, 600]


def test_secrets_differ():
    assert len({rules.new_secret() for _ in range(50)}) == 50
