"""Kenya's VAT (standard 16 %, VAT Act 2013) and two ways of delivery to begin with."""

from django.db import migrations


def first_rates(apps, schema_editor):
    TaxRate = apps.get_model("pricing", "TaxRate")
    for tax_class, percent in (("standard", "16.00"), ("zero", "0.00"), ("exempt", "0.00")):
        TaxRate.objects.get_or_create(tax_class=tax_class, defaults={"percent": percent})
    DeliveryZone = apps.get_model("pricing", "DeliveryZone")
    DeliveryMethod = apps.get_model("pricing", "DeliveryMethod")
    DeliveryRate = apps.get_model("pricing", "DeliveryRate")
    if DeliveryMethod.objects.exists():
        return
    everywhere = DeliveryZone.objects.create(name="Everywhere else", regions=[])
    for order, (code, name, text, needs_address, price) in enumerate(
        (
            ("delivery", "Delivery", "To your door or a place you name", True, "300.00"),
            ("pickup", "Pick up at the shop", "Ready within a day", False, "0.00"),
        )
    ):
        method = DeliveryMethod.objects.create(
            code=code, name=name, description=text, needs_address=needs_address, sort_order=order
        )
        DeliveryRate.objects.create(method=method, zone=everywhere, price=price)


class Migration(migrations.Migration):
    dependencies = [("pricing", "0001_initial")]

    operations = [migrations.RunPython(first_rates, migrations.RunPython.noop)]
