from django.db import migrations, models


def delivery_vat_of_earlier_orders(apps, schema_editor):
    """Until now the VAT of the way was what the order had beside its lines."""
    Order = apps.get_model("orders", "Order")
    for order in Order.objects.filter(delivery_fee__gt=0).prefetch_related("lines").iterator(500):
        order.delivery_tax = order.tax - sum(line.tax for line in order.lines.all())
        net = order.delivery_fee - order.delivery_tax
        order.delivery_tax_percent = round(100 * order.delivery_tax / net) if net else 0
        order.save(update_fields=["delivery_tax", "delivery_tax_percent"])


def amount(digits, **more):
    return models.DecimalField(max_digits=digits, decimal_places=2, **more)


class Migration(migrations.Migration):
    dependencies = [("orders", "0007_buyer_pin")]

    operations = [
        migrations.AddField("order", "pickup_point", models.BigIntegerField(blank=True, null=True)),
        migrations.AddField("order", "pickup_place", models.CharField(blank=True, max_length=370)),
        migrations.AddField("order", "voucher_code", models.CharField(blank=True, max_length=40)),
        migrations.AddField("order", "reductions", models.JSONField(blank=True, default=list)),
        migrations.AddField("order", "delivery_tax_percent", amount(5, default=0)),
        migrations.AddField(
            "order",
            "delivery_tax",
            amount(12, default=0, help_text="VAT contained in the delivery fee"),
        ),
        migrations.AddField(
            "order",
            "rounding",
            amount(6, default=0, help_text="To whole shillings, by how it is paid"),
        ),
        migrations.AddField(
            "orderline",
            "discount",
            amount(14, default=0, help_text="What offers and the voucher took off"),
        ),
        migrations.AlterField(
            "order", "discount", amount(14, default=0, help_text="Sum of what the lines say")
        ),
        migrations.AlterField(
            "orderline", "line_total", amount(14, help_text="Before the discount")
        ),
        migrations.AlterField(
            "orderline", "tax", amount(12, help_text="VAT contained in the line less its discount")
        ),
        migrations.RunPython(delivery_vat_of_earlier_orders, migrations.RunPython.noop),
    ]
