"""Let the database itself count the changes of everything that shoppers are shown.

Apps above the catalogue name what they show in `shown_models` of their AppConfig.
Made after every migrate (SQLite drops triggers with the tables that a migration writes anew), and
only where they are missing.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction
from modelcluster.models import get_all_child_relations
from taggit.models import Tag, TaggedItem
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Locale, Page, PageViewRestriction, Site

from shop.catalog.models import (
    CatalogueChange,
    CatalogueSettings,
    CategoryFigure,
    Listing,
    Product,
    ProductFacet,
)

NAME = "catalogue_changed"
# One row of PostgreSQL in so many tidies up; the version stays small and quick to read.
KEPT_ROWS = 64

COUNT = "UPDATE api_cataloguechange SET turn = turn + 1 WHERE id = 1"
FUNCTION = f"""
CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE made bigint;
BEGIN
    INSERT INTO api_cataloguechange (turn) VALUES (0) RETURNING id INTO made;
    IF made % {KEPT_ROWS} = 0 THEN
        DELETE FROM api_cataloguechange WHERE id IN (
            SELECT id FROM api_cataloguechange WHERE id < made - {KEPT_ROWS}
            FOR UPDATE SKIP LOCKED
        );
    END IF;
    RETURN NULL;
END $$
"""  # noqa: S608


def shown_models() -> Iterator[type[models.Model]]:
    """Return the models that catalogue pages and answers are made of."""
    image = get_image_model()
    yield from (Listing, CategoryFigure, ProductFacet, Product, CatalogueSettings)
    yield from (image, image.get_rendition_model(), get_document_model())
    yield from (Site, Locale, Collection, PageViewRestriction, Tag, TaggedItem)
    for model in apps.get_models():
        if issubclass(model, Page):
            yield model
        if issubclass(model, (Page, Product)):
            for relation in get_all_child_relations(model):
                yield relation.related_model
    for config in apps.get_app_configs():
        yield from map(config.get_model, getattr(config, "shown_models", ()))


def count_changes(using: str = "default", **kwargs: Any) -> None:
    """Make what is missing (after migrate)."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    if CatalogueChange._meta.db_table not in present:
        return
    tables = sorted({model._meta.db_table for model in shown_models()} & present)
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _on_postgresql(cursor, tables)
        else:
            _on_sqlite(cursor, tables)


def _on_postgresql(cursor: Any, tables: list[str]) -> None:
    cursor.execute(
        "INSERT INTO api_cataloguechange (turn)"
        " SELECT 0 WHERE NOT EXISTS (SELECT FROM api_cataloguechange)"
    )
    cursor.execute(FUNCTION)
    cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [NAME])
    counted = {name for (name,) in cursor.fetchall()}
    for table in tables:
        if table not in counted:
            cursor.execute(
                f"CREATE TRIGGER {NAME} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE"
                f' ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION {NAME}()'
            )


def _on_sqlite(cursor: Any, tables: list[str]) -> None:
    cursor.execute("INSERT OR IGNORE INTO api_cataloguechange (id, turn) VALUES (1, 0)")
    for table in tables:
        for event in ("INSERT", "UPDATE", "DELETE"):
            cursor.execute(
                f'CREATE TRIGGER IF NOT EXISTS "{NAME}_{table}_{event.lower()}"'
                f' AFTER {event} ON "{table}" BEGIN {COUNT}; END'
            )
