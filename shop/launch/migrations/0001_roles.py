"""Give every install the groups that people work in; what an owner changes of them later stays."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

ADMIN = "wagtailadmin.access_admin"
READS_ORDERS = (
    "orders.view_order",
    "customers.view_user",
    "notifications.view_message",
    "payments.view_payment",
    "catalog.view_product",
    "inventory.view_stocklevel",
)
MOVES_ORDERS = (*READS_ORDERS, "orders.change_order", "notifications.change_message")
WRITES_PRODUCTS = ("catalog.view_product", "catalog.add_product", "catalog.change_product")
KEEPS_CATALOGUE = (
    *WRITES_PRODUCTS,
    "catalog.delete_product",
    "catalog.publish_product",
    "catalog.lock_product",
    "catalog.unlock_product",
    "catalog.add_importrun",
    "catalog.view_importrun",
    "inventory.view_stocklevel",
    "inventory.change_stocklevel",
    "inventory.view_movement",
)


def every(app, *models):
    return tuple(
        f"{app}.{action}_{model}" for model in models for action in "view add change delete".split()
    )


ROLES = {
    "Support": (ADMIN, *READS_ORDERS),
    # Wagtail's own group: it writes pages already. Others publish.
    "Editors": (ADMIN, *WRITES_PRODUCTS),
    "Catalogue managers": (ADMIN, *KEEPS_CATALOGUE),
    "Order desk": (ADMIN, *MOVES_ORDERS),
    "Managers": (
        ADMIN,
        *MOVES_ORDERS,
        *KEEPS_CATALOGUE,
        "notifications.add_message",
        "home.change_sitesettings",
        *every("notifications", "messagetemplate"),
        *every("pricing", "deliverymethod", "deliveryzone", "deliveryrate", "taxrate"),
        *every("wagtailredirects", "redirect"),
        *every("webhooks", "endpoint"),
        "webhooks.view_delivery",
        "webhooks.change_delivery",
    ),
}
# Pages, from the shop's root or from the root of its categories; pictures and documents.
PAGES = {
    "Catalogue managers": ("category", "add change publish"),
    "Managers": ("root", "add change publish bulk_delete lock unlock"),
}
FILES = ("Catalogue managers", "Managers")

# Made by Wagtail for snippets once the database is migrated, which is too late for this.
OF_SNIPPETS = {
    f"{action}_product": f"Can {action} product" for action in ("publish", "lock", "unlock")
}


def make_roles(apps, schema_editor):
    using = schema_editor.connection.alias
    Group = apps.get_model("auth", "Group")
    grants = Grants(apps, using)
    for name, rights in ROLES.items():
        group, _made = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*(grants.permission(right) for right in dict.fromkeys(rights)))
        if name in PAGES:
            grants.pages(group, *PAGES[name])
        if name in FILES:
            grants.files(group)


class Grants:
    """Find permissions, which on a new database nobody has made yet."""

    def __init__(self, apps, using):
        self.apps, self.using = apps, using
        self.known = set()

    def objects(self, app, model):
        return self.apps.get_model(app, model).objects.using(self.using)

    def permission(self, right):
        app, codename = right.split(".")
        if app not in self.known:
            self.known.add(app)
            create_permissions(
                installed.get_app_config(app), verbosity=0, using=self.using, apps=self.apps
            )
            if app == "catalog":
                self.make_those_of_snippets()
        return self.objects("auth", "Permission").get(
            content_type__app_label=app, codename=codename
        )

    def make_those_of_snippets(self):
        product = self.objects("contenttypes", "ContentType").get(
            app_label="catalog", model="product"
        )
        for codename, name in OF_SNIPPETS.items():
            self.objects("auth", "Permission").get_or_create(
                content_type=product, codename=codename, defaults={"name": name}
            )

    def pages(self, group, where, actions):
        if where == "root":
            pages = self.objects("wagtailcore", "Page").filter(depth=1)
        else:
            tops = self.objects("catalog", "CategoryPage").filter(depth=3).values("pk")
            pages = self.objects("wagtailcore", "Page").filter(pk__in=tops)
        for page in pages:
            for action in actions.split():
                self.objects("wagtailcore", "GroupPagePermission").get_or_create(
                    group=group, page=page, permission=self.permission(f"wagtailcore.{action}_page")
                )

    def files(self, group):
        root = self.objects("wagtailcore", "Collection").get(depth=1)
        for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
            for action in ("add", "change", "choose"):
                self.objects("wagtailcore", "GroupCollectionPermission").get_or_create(
                    group=group,
                    collection=root,
                    permission=self.permission(f"{app}.{action}_{model}"),
                )


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("catalog", "0005_lists_are_checked_by_their_own_command"),
        ("customers", "0002_people_and_their_wishes"),
        ("home", "0003_home_blocks"),
        ("inventory", "0001_initial"),
        ("notifications", "0002_first_texts"),
        ("orders", "0002_event_times"),
        ("payments", "0001_initial"),
        ("pricing", "0002_first_rates"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("webhooks", "0001_initial"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
