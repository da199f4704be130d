"""A pretend S3 on loopback: objects by path, with whatever signature."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import unquote

from shop.tests.fakes.provider_server import Incoming, Reply, serve

BINARY = "application/octet-stream"


@dataclass
class FakeS3:
    """What tests see: the objects of all buckets, and whether the disk behind them is full."""

    url: str = ""
    objects: dict[str, bytes] = field(default_factory=dict)
    broken: Reply | None = None
    signed: set[bool] = field(default_factory=set)

    def take(self, incoming: Incoming) -> Reply:
        """Answer one request."""
        if self.broken is not None:
            return self.broken
        name = unquote(incoming.path.split("?")[0]).lstrip("/")
        self.signed.add("AWS4-HMAC-SHA256" in incoming.headers.get("Authorization", ""))
        if incoming.method == "PUT":
            self.objects[name] = incoming.body
            return Reply()
        if incoming.method == "DELETE":
            self.objects.pop(name, None)
            return Reply(204)
        if name not in self.objects:
            return Reply(404)
        return Reply(200, self.objects[name], BINARY)


@contextmanager
def fake_s3() -> Iterator[FakeS3]:
    """Run the server."""
    fake = FakeS3()
    with serve(fake.take) as fake.url:
        yield fake
