"""Let whoever reads orders read their invoices, and managers say who sells."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

SEES = ("invoicing.view_taxdocument",)
ROLES = {
    "Support": SEES,
    "Order desk": SEES,
    "Bookkeepers": SEES,
    "Managers": (*SEES, "invoicing.change_seller"),
}


def grant(apps, schema_editor):
    using = schema_editor.connection.alias
    create_permissions(installed.get_app_config("invoicing"), verbosity=0, using=using, apps=apps)
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
    dependencies = [("launch", "0003_refunds"), ("invoicing", "0001_initial")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
