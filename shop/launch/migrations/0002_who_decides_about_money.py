"""Let managers decide about money that does not fit, and give bookkeepers a group of their own."""

from importlib import import_module

from django.db import migrations

first = import_module("shop.launch.migrations.0001_roles")

DECIDES = (
    "payments.view_payment",
    "payments.change_payment",
    "payments.view_statementimport",
    "payments.add_statementimport",
)
ROLES = {
    "Managers": DECIDES,
    "Bookkeepers": (first.ADMIN, "orders.view_order", *DECIDES),
}


def grant(apps, schema_editor):
    using = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(using)
    grants = first.Grants(apps, using)
    for name, rights in ROLES.items():
        group, _made = groups.get_or_create(name=name)
        group.permissions.add(*(grants.permission(right) for right in rights))


class Migration(migrations.Migration):
    dependencies = [
        ("launch", "0001_roles"),
        ("payments", "0005_when_money_was_noted"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
