"""A pretend OpenSearch on loopback: an index, its alias, `_bulk` with versions, and `_search`.

It looks for words as beginnings and ranks by the field they stand in; analysis is not its business.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from shop.tests.fakes.provider_server import Incoming, Reply, serve

WEIGHTS = {"name": 8, "codes": 4, "facts": 2, "description": 1}


@dataclass
class FakeSearch:
    """What tests see: the documents, the alias, and whether the server is well."""

    url: str = ""
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    alias: str = ""
    searches: list[list[str]] = field(default_factory=list)
    broken: Reply | None = None

    def take(self, incoming: Incoming) -> Reply:
        """Answer one request."""
        if self.broken is not None:
            return self.broken
        path = incoming.path.strip("/").split("?")[0]
        if path.endswith("_search"):
            return self._search(path.split("/")[0], json.loads(incoming.body))
        if path == "_bulk":
            return self._bulk([json.loads(line) for line in incoming.body.splitlines()])
        if path == "_aliases":
            self.alias = json.loads(incoming.body)["actions"][0]["add"]["alias"]
        elif incoming.method == "DELETE":
            self.documents, self.versions, self.alias = {}, {}, ""
        return _json({"acknowledged": True})

    def _bulk(self, lines: list[dict[str, Any]]) -> Reply:
        items = []
        while lines:
            ((verb, place),) = lines.pop(0).items()
            document = lines.pop(0) if verb == "index" else None
            items.append({verb: {"_id": place["_id"], "status": self._write(place, document)}})
        return _json({"errors": False, "items": items})

    def _write(self, place: dict[str, Any], document: dict[str, Any] | None) -> int:
        pk = place["_id"]
        if place["version"] < self.versions.get(pk, 0):
            return 409
        self.versions[pk] = place["version"]
        if document is None:
            return 200 if self.documents.pop(pk, None) else 404
        self.documents[pk] = document
        return 201

    def _search(self, name: str, question: dict[str, Any]) -> Reply:
        if name != self.alias:
            return _json({"error": {"type": "index_not_found_exception"}}, 404)
        words = [part["multi_match"]["query"] for part in question["query"]["bool"]["must"]]
        self.searches.append(words)
        ranked = sorted(
            ((self._rank(document, words), document["product"], pk)
             for pk, document in self.documents.items()),
            reverse=True,
        )  # fmt: skip
        hits = [{"_id": pk} for rank, _product, pk in ranked if rank][: question["size"]]
        return _json({"hits": {"hits": hits}})

    @staticmethod
    def _rank(document: dict[str, Any], words: list[str]) -> int:
        ranks = [
            sum(
                weight
                for name, weight in WEIGHTS.items()
                if any(known.startswith(word) for known in document[name].split())
            )
            for word in words
        ]
        return sum(ranks) if all(ranks) else 0


def _json(data: dict[str, Any], status: int = 200) -> Reply:
    return Reply(status, json.dumps(data).encode())


@contextmanager
def fake_opensearch() -> Iterator[FakeSearch]:
    """Run the server."""
    fake = FakeSearch()
    with serve(fake.take) as fake.url:
        yield fake
