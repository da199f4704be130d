"""Let managers make vouchers and offers, and others read what they say."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

READS = ("view_voucher", "view_offer", "view_redemption")
ROLES = {
    "Support": READS,
    "Order desk": READS,
    "Managers": (
        *READS,
        *(
            f"{action}_{model}"
            for model in ("voucher", "offer", "pickuppoint")
            for action in ("add", "change", "delete")
        ),
    ),
}


def grant(apps, schema_editor):
    using = schema_editor.connection.alias
    create_permissions(installed.get_app_config("pricing"), verbosity=0, using=using, apps=apps)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, rights in ROLES.items():
        group = Group.objects.using(using).filter(name=name).first()
        if group:
            found = Permission.objects.using(using).filter(
                content_type__app_label="pricing", codename__in=rights
            )
            group.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("launch", "0005_customers_and_broadcasts"),
        ("pricing", "0003_vouchers_offers_and_delivery_steps"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
