"""Make SQLite's table of words: stems of English words, no accents, quick beginnings."""

from django.db import migrations


def make_table(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "CREATE VIRTUAL TABLE search_words USING fts5("
            "name, codes, facts, description,"
            " tokenize='porter unicode61 remove_diacritics 2', prefix='2 3')"
        )


def drop_table(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_words")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make_table, drop_table)]
