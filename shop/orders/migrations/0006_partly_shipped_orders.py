from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0005_partly_refunded_orders")]

    operations = [
        migrations.AlterField(
            model_name="order",
            name="status",
            field=models.CharField(
                choices=[
                    ("placed", "Placed"),
                    ("confirmed", "Confirmed"),
                    ("packed", "Packed"),
                    ("partly_shipped", "Partly on its way"),
                    ("shipped", "On its way"),
                    ("delivered", "Delivered"),
                    ("cancelled", "Cancelled"),
                ],
                default="placed",
                max_length=14,
            ),
        ),
    ]
