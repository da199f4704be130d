"""OpenSearch or Elasticsearch as the search of a large shop (SEARCH_URL).

Both speak the same four calls: an index with its mapping, an alias, `_bulk` and `_search`. Words go
to the index `SEARCH_INDEX-1`; they are looked for under the alias `SEARCH_INDEX`, which it bears
once it is complete. While nothing answers there, the database's own index does.
"""

import json
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from threading import Lock
from time import monotonic
from typing import Any

import requests
from django.conf import settings

from search.index.documents import Document
from search.rules import fold

logger = logging.getLogger(__name__)

# Seconds to connect, and to wait for an answer that a shopper waits for, or that nobody does.
ASKING = (0.5, 2.0)
WRITING = (2.0, 30.0)
# Seconds for which a server that did not answer is left alone.
REST = 10.0

_TEXT = {"type": "text", "analyzer": "english", "fields": {"plain": {"type": "text"}}}
MAPPING = {
    "mappings": {
        "dynamic": False,
        "properties": {
            "product": {"type": "long"},
            "name": _TEXT,
            "codes": {"type": "text"},
            "facts": _TEXT,
            "description": _TEXT,
        },
    }
}
FIELDS = ["name^8", "name.plain^8", "codes^4", "facts^2", "facts.plain^2", "description"]

_session = requests.Session()
_lock = Lock()
_rests_until = 0.0


class NoEngine(Exception):
    """The server did not answer, or not as it should."""


def is_on() -> bool:
    """Tell whether the shop searches with a server of its own."""
    return bool(settings.SEARCH_URL)


def find(words: Sequence[str], *, limit: int) -> list[int] | None:
    """Return the numbers of products that carry all words (as beginnings), best first.

    None where the database has to answer: there is no server, or it does not answer.
    """
    if not is_on() or not words or monotonic() < _rests_until:
        return None
    try:
        found = _call("POST", f"{settings.SEARCH_INDEX}/_search", _question(words, limit), ASKING)
        return [int(hit["_id"]) for hit in found["hits"]["hits"]]
    except (NoEngine, KeyError, TypeError, ValueError) as problem:
        _leave_alone(problem)
        return None


def send(documents: Sequence[Document], gone: Collection[int], turns: Mapping[int, int]) -> None:
    """Write and delete documents; `turns` numbers each product's change: an older one never wins.

    Raises NoEngine.
    """
    lines: list[dict[str, Any]] = []
    for document in documents:
        words = {
            name: fold(text) for name, text in asdict(document).items() if name != "product_id"
        }
        lines += [
            {"index": _place(document.product_id, turns)},
            {"product": document.product_id, **words},
        ]
    lines += [{"delete": _place(pk, turns)} for pk in sorted(gone)]
    if not lines:
        return
    body = "".join(f"{json.dumps(line)}\n" for line in lines)
    answer = _call("POST", "_bulk", body, WRITING)
    for item in answer.get("items", ()):
        (result,) = item.values()
        if result["status"] >= 300 and result["status"] not in (404, 409):
            raise NoEngine(f"product {result.get('_id')}: {result.get('error')}")


def begin_anew() -> None:
    """Make an empty index that nobody is sent to yet. Raises NoEngine."""
    _call("DELETE", f"{_index()}?ignore_unavailable=true", None, WRITING)
    _call("PUT", _index(), MAPPING, WRITING)


def open_for_all() -> None:
    """Let shoppers be answered from the index, which is complete. Raises NoEngine."""
    _call("POST", f"{_index()}/_refresh", None, WRITING)
    action = {"add": {"index": _index(), "alias": settings.SEARCH_INDEX}}
    _call("POST", "_aliases", {"actions": [action]}, WRITING)


def _index() -> str:
    return f"{settings.SEARCH_INDEX}-1"


def _place(product_id: int, turns: Mapping[int, int]) -> dict[str, Any]:
    return {
        "_index": _index(),
        "_id": str(product_id),
        "version": turns[product_id],
        "version_type": "external_gte",
    }


def _question(words: Sequence[str], limit: int) -> dict[str, Any]:
    every = [
        {"multi_match": {"query": word, "type": "bool_prefix", "fields": FIELDS}} for word in words
    ]
    whole = {"multi_match": {"query": " ".join(words), "type": "most_fields", "fields": FIELDS}}
    return {
        "size": limit,
        "_source": False,
        "track_total_hits": False,
        "query": {"bool": {"must": every, "should": [whole]}},
        "sort": ["_score", {"product": "desc"}],
    }


def _call(method: str, path: str, body: Any, patience: tuple[float, float]) -> dict[str, Any]:
    data = body if isinstance(body, str) or body is None else json.dumps(body)
    kind = "application/x-ndjson" if isinstance(body, str) else "application/json"
    try:
        response = _session.request(
            method,
            f"{settings.SEARCH_URL}/{path}",
            data=data,
            headers={"Content-Type": kind} if data else {},
            timeout=patience,
        )
        answer = response.json()
    except (requests.RequestException, ValueError) as problem:
        # The address, which may hold a password, stays out of the log.
        raise NoEngine(type(problem).__name__) from None
    if response.status_code >= 300 or not isinstance(answer, dict):
        raise NoEngine(f"HTTP {response.status_code}")
    return answer


def _leave_alone(problem: Exception) -> None:
    global _rests_until
    with _lock:
        _rests_until = monotonic() + REST
    logger.warning("Search server: %s; the database searches meanwhile", problem)
