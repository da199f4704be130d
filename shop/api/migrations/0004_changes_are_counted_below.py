"""The catalogue counts its changes itself; the table stays as it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0003_catalogue_changes"),
        ("catalog", "0010_changes_are_counted_here"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="CatalogueChange")]
        ),
    ]
