"""Let managers name the carriers that bring parcels."""

from importlib import import_module

from django.db import migrations

first = import_module("shop.launch.migrations.0001_roles")

RIGHTS = first.every("fulfilment", "carrier")


def grant(apps, schema_editor):
    using = schema_editor.connection.alias
    managers, _made = apps.get_model("auth", "Group").objects.using(using).get_or_create(
        name="Managers"
    )
    grants = first.Grants(apps, using)
    managers.permissions.add(*(grants.permission(right) for right in RIGHTS))


class Migration(migrations.Migration):
    dependencies = [
        ("launch", "0006_who_makes_vouchers"),
        ("fulfilment", "0002_first_carriers_and_parcels"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
