"""Give roles what staff do with money; what an owner changes later stays."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

SEES = ("payments.view_refund",)
ROLES = {
    "Support": SEES,
    "Order desk": (*SEES, "payments.add_payment"),
    "Managers": (*SEES, "payments.add_payment", "payments.add_refund", "payments.change_refund"),
}


def grant(apps, schema_editor):
    using = schema_editor.connection.alias
    create_permissions(installed.get_app_config("payments"), verbosity=0, using=using, apps=apps)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, rights in ROLES.items():
        group = Group.objects.using(using).filter(name=name).first()
        for right in rights if group else ():
            app, codename = right.split(".")
            group.permissions.add(
                Permission.objects.using(using).get(content_type__app_label=app, codename=codename)
            )


class Migration(migrations.Migration):
    dependencies = [
        ("launch", "0002_who_decides_about_money"),
        ("payments", "0003_refunds"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
