"""How old the catalogue is, in one small statement.

Every table that catalogue answers are made of reports its changes by trigger (triggers.py) into
`CatalogueChange`, in the transaction that changes it: bulk writes, imports and raw SQL as well, and
nothing that was rolled back. On PostgreSQL each change is a row of its own, so that no two writers
wait for one another; count and highest number together also tell of a long transaction that took
its number early and commits late. SQLite has one writer at a time and counts in one row.

A version is read before the answer is composed: what changes in between makes the tag too old,
never the answer.
"""

from typing import Any

from shop.core.clock import now
from shop.core.memory import Remembered
from shop.core.routing import reading_connection
from shop.core.statements import prepared_cursor

Version = tuple[Any, ...]

# A sale that begins or ends by itself changes prices without any write: its moment counts as well.
# Both moments are the end of an index.
READ = """
SELECT count(*), max(id), sum(turn),
    (SELECT max(sale_from) FROM catalog_product WHERE sale_price IS NOT NULL AND sale_from <= %s),
    (SELECT max(sale_until) FROM catalog_product WHERE sale_price IS NOT NULL AND sale_until <= %s)
FROM api_cataloguechange
"""


# The last version that this process has seen of each database.
_seen: dict[str, Version] = {}


def catalogue_version() -> Version | None:
    """Return a value that is another after every change; None where nothing counts changes.

    Where it is another than before, this process forgets what it remembers of the shop.
    """
    connection = reading_connection()
    moment = connection.ops.adapt_datetimefield_value(now())
    with prepared_cursor(connection) as cursor:
        cursor.execute(READ, [moment, moment])
        version: Version = cursor.fetchone()
    if _seen.get(connection.alias) != version:
        _seen[connection.alias] = version
        Remembered.forget_everything()
    return version if version[0] else None
