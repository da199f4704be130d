"""Documents in SQLite: an FTS5 table whose row numbers are the products'."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection

from search.index.documents import Document
from search.rules import fold
from shop.core.routing import reading_connection

# Ranking reads every document that carries a word. Beyond so many, whether the words stand in the
# name decides, and then how new the product is.
MOST_RANKED = 1_000

_COUNT = """
    SELECT count(*) FROM (SELECT 1 FROM search_words WHERE search_words MATCH %s LIMIT %s)
"""
_RANKED = """
    SELECT rowid FROM search_words WHERE search_words MATCH %s
    ORDER BY bm25(search_words, 8.0, 4.0, 2.0, 1.0), rowid DESC LIMIT %s
"""
_NEWEST = "SELECT rowid FROM search_words WHERE search_words MATCH %s ORDER BY rowid DESC LIMIT %s"


def put(documents: Sequence[Document]) -> None:
    """Write or replace documents."""
    remove([document.product_id for document in documents])
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_words (rowid, name, codes, facts, description)"
            " VALUES (%s, %s, %s, %s, %s)",
            [
                (
                    document.product_id,
                    *(fold(part) for part in (document.name, document.codes)),
                    *(fold(part) for part in (document.facts, document.description)),
                )
                for document in documents
            ],
        )


def remove(product_ids: Collection[int]) -> None:
    """Take documents out."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM search_words WHERE rowid = %s", [(pk,) for pk in product_ids]
        )


def find(words: Sequence[str], *, limit: int, beginnings: bool = True) -> list[int]:
    """Return the numbers of products that carry all words, or `beginnings` of them, best first."""
    if not words:
        return []
    text = " AND ".join(f'"{word}"{" *" if beginnings else ""}' for word in words)
    with reading_connection().cursor() as cursor:
        cursor.execute(_COUNT, [text, MOST_RANKED + 1])
        if cursor.fetchone()[0] <= MOST_RANKED:
            return _ids(cursor, _RANKED, text, limit)
        named = _ids(cursor, _NEWEST, f"name : ({text})", limit)
        others = _ids(cursor, _NEWEST, text, limit) if len(named) < limit else []
    return list(dict.fromkeys([*named, *others]))[:limit]


def _ids(cursor: Any, statement: str, text: str, limit: int) -> list[int]:
    cursor.execute(statement, [text, limit])
    return [row[0] for row in cursor.fetchall()]
