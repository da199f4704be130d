from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0006_sales_that_end")]

    operations = [
        migrations.AddField(
            model_name="variant",
            name="weight",
            field=models.DecimalField(
                blank=True,
                decimal_places=3,
                help_text="With its packing; delivery rates count it. Empty counts as nothing.",
                max_digits=8,
                null=True,
                verbose_name="weight in kg",
            ),
        ),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__isnull", True), ("weight__gte", 0), _connector="OR"),
                name="variant_weight_not_negative",
            ),
        ),
    ]
