"""The catalogue takes over the count of changes; the table stays as it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0009_places_on_shelves"),
        ("api", "0003_catalogue_changes"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="CatalogueChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("turn", models.BigIntegerField(default=0)),
                    ],
                    options={"db_table": "api_cataloguechange"},
                ),
            ],
        ),
    ]
