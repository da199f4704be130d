"""Documents in PostgreSQL: one weighted text vector a product, under a GIN index."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection

from search.index.documents import Document
from search.rules import fold
from shop.core.routing import reading_connection
from shop.core.statements import prepared_cursor

# Candidates that are ranked. A word that half of the shop carries has more hits than anybody
# reads; ranking them all would cost as much as the shop is large.
MOST_RANKED = 1_000
# A first page. Looking up all beginnings of a word costs far more than the word itself, and is not
# needed where so many carry the words as they stand.
ENOUGH = 24

_PUT = """
    INSERT INTO search_productdocument (product_id, vector)
    SELECT id,
        setweight(to_tsvector('english', name), 'A') ||
        setweight(to_tsvector('simple', name), 'A') ||
        setweight(to_tsvector('simple', codes), 'B') ||
        setweight(to_tsvector('english', facts), 'C') ||
        setweight(to_tsvector('english', description), 'D')
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[])
        AS new (id, name, codes, facts, description)
    ON CONFLICT (product_id) DO UPDATE SET vector = excluded.vector
"""

_FIND = """
    WITH query AS (
        SELECT to_tsquery('english', %(words)s) || to_tsquery('simple', %(words)s) AS words,
            to_tsquery('english', %(starts)s) || to_tsquery('simple', %(starts)s) AS starts
    ), exact AS MATERIALIZED (
        SELECT product_id, vector FROM search_productdocument, query
        WHERE vector @@ query.words LIMIT %(ranked)s
    ), enough AS MATERIALIZED (
        SELECT count(*) >= %(enough)s AS said FROM exact
    )
    SELECT product_id
    FROM (
        SELECT product_id, vector FROM exact WHERE (SELECT said FROM enough)
        UNION ALL (
            SELECT product_id, vector FROM search_productdocument, query
            WHERE NOT (SELECT said FROM enough) AND vector @@ query.starts LIMIT %(ranked)s
        )
    ) AS found, query
    ORDER BY ts_rank(vector, query.starts) DESC, product_id DESC LIMIT %(limit)s
"""


def put(documents: Sequence[Document]) -> None:
    """Write or replace documents."""
    if not documents:
        return
    columns: list[Any] = [
        [document.product_id for document in documents],
        *(
            [fold(getattr(document, name)) for document in documents]
            for name in ("name", "codes", "facts", "description")
        ),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_PUT, columns)


def remove(product_ids: Collection[int]) -> None:
    """Take documents out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM search_productdocument WHERE product_id = ANY(%s)", [list(product_ids)]
        )


def find(words: Sequence[str], *, limit: int, beginnings: bool = True) -> list[int]:
    """Return the numbers of products that carry all words, best first.

    With `beginnings` they count as such where fewer than ENOUGH products carry them as they stand.
    """
    if not words:
        return []
    asked = {
        "words": " & ".join(words),
        "starts": " & ".join(f"{word}:*" for word in words),
        "ranked": MOST_RANKED,
        "enough": min(limit, ENOUGH) if beginnings else 0,
        "limit": limit,
    }
    with prepared_cursor(reading_connection()) as cursor:
        cursor.execute(_FIND, asked)
        return [row[0] for row in cursor.fetchall()]
