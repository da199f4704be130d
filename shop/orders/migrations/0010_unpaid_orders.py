from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0009_days_of_payment")]

    operations = [
        migrations.AddIndex(
            model_name="order",
            index=models.Index(
                condition=models.Q(
                    ("payment_status", "unpaid"), models.Q(("status", "cancelled"), _negated=True)
                ),
                fields=["placed_at"],
                name="orders_unpaid",
            ),
        ),
    ]
