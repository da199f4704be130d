"""Let bookkeepers give money back and say what became of it."""

from importlib import import_module

from django.db import migrations

first = import_module("shop.launch.migrations.0001_roles")

RIGHTS = ("payments.view_refund", "payments.add_refund", "payments.change_refund")


def grant(apps, schema_editor):
    using = schema_editor.connection.alias
    group = apps.get_model("auth", "Group").objects.using(using).filter(name="Bookkeepers").first()
    if group is not None:
        grants = first.Grants(apps, using)
        group.permissions.add(*(grants.permission(right) for right in RIGHTS))


class Migration(migrations.Migration):
    dependencies = [
        ("launch", "0007_who_names_carriers"),
        ("payments", "0003_refunds"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
