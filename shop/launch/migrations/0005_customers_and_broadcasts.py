"""Give roles what staff do with customers and broadcasts; what an owner changes later stays."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

LOOKS_AFTER_CUSTOMERS = ("customers.add_customernote",)
ROLES = {
    "Order desk": LOOKS_AFTER_CUSTOMERS,
    "Managers": (
        *LOOKS_AFTER_CUSTOMERS,
        "customers.deactivate_user",
        "customers.export_user",
        "customers.erase_user",
        "notifications.view_broadcast",
        "notifications.add_broadcast",
    ),
}


def grant(apps, schema_editor):
    using = schema_editor.connection.alias
    for label in ("customers", "notifications"):
        create_permissions(installed.get_app_config(label), verbosity=0, using=using, apps=apps)
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
        ("launch", "0004_who_reads_invoices"),
        ("customers", "0003_notes_and_rights"),
        ("notifications", "0008_broadcasts_reports_and_spending"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
