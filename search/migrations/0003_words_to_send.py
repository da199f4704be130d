from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0002_words_in_sqlite")]

    operations = [
        migrations.CreateModel(
            name="UnsentDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("product_id", models.BigIntegerField()),
            ],
        ),
    ]
