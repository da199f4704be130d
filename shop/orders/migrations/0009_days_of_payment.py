from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0008_what_is_taken_off"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="orderevent",
            index=models.Index(
                condition=models.Q(("kind", "paid")),
                fields=["created_at"],
                name="order_events_paid",
            ),
        ),
    ]
