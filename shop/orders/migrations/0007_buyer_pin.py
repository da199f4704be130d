from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0006_partly_shipped_orders")]

    operations = [
        migrations.AddField(
            model_name="order",
            name="buyer_pin",
            field=models.CharField(blank=True, max_length=11),
        ),
    ]
