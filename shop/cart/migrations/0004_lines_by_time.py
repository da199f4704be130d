from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cart", "0003_voucher_of_a_cart")]

    operations = [
        migrations.AddIndex(
            model_name="cartline",
            index=models.Index(fields=["created_at"], name="cart_lines_by_time"),
        ),
    ]
