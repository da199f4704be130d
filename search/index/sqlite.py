"""Documents in SQLite: an FTS5 table whose row numbers are the products'."""

from collections.abc import Collection, Sequence

from django.db import connection

from search.index.documents import Document
from search.rules import fold

MOST_RANKED = 1_000

_FIND = """
    SELECT id FROM (
        SELECT rowid AS id, bm25(search_words, 8.0, 4.0, 2.0, 1.0) AS rank
        FROM search_words WHERE rowid IN (
            SELECT rowid FROM search_words WHERE search_words MATCH %s LIMIT %s
        ) AND search_words MATCH %s
    ) ORDER BY rank, id DESC LIMIT %s
"""


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


def find(words: Sequence[str], *, limit: int) -> list[int]:
    """Return the numbers of products that carry all words (as beginnings), best first."""
    if not words:
        return []
    text = " ".join(f'"{word}" *' for word in words)
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [text, MOST_RANKED, text, limit])
        return [row[0] for row in cursor.fetchall()]
