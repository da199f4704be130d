"""Words go into the index at once: what waits beside it would be read whole at each search."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations


def set_option(option):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER INDEX document_words {option}")
            schema_editor.execute("SELECT gin_clean_pending_list('document_words')")

    return run


class Migration(migrations.Migration):
    dependencies = [("search", "0003_words_to_send")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveIndex("productdocument", "document_words"),
                migrations.AddIndex(
                    "productdocument",
                    GinIndex(fields=["vector"], name="document_words", fastupdate=False),
                ),
            ],
            database_operations=[
                migrations.RunPython(
                    set_option("SET (fastupdate = off)"), set_option("RESET (fastupdate)")
                )
            ],
        )
    ]
