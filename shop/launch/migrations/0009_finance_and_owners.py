"""Call bookkeepers Finance, give owners a role above managers', and let both ask people in.

What an owner changed of a role stays: rights are only added.
"""

from importlib import import_module

from django.db import migrations

first = import_module("shop.launch.migrations.0001_roles")

READS_BOOKS = ("inventory.view_stocklevel",)
RUNS_THE_SHOP = (
    "backoffice.view_staffinvitation",
    "backoffice.add_staffinvitation",
    "backoffice.change_staffinvitation",
    "django_q.view_failure",
    "django_q.change_failure",
    "wagtailcore.view_modellogentry",
    # As Wagtail gives them to its own Editors and Moderators, whom managers ask in.
    *(
        f"{app}.{action}_{model}"
        for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document"))
        for action in "add change delete choose".split()
    ),
)
OWNS_THE_SHOP = (
    *first.every("auth", "group"),
    *first.every("allauth_idp_oidc", "client"),
    *first.every("wagtailcore", "collection", "site", "task", "workflow"),
    *first.every("wagtailredirects", "redirect"),
)
LESSER = (
    "Support",
    "Editors",
    "Moderators",
    "Catalogue managers",
    "Order desk",
    "Finance",
    "Managers",
)


def make_roles(apps, schema_editor):
    using = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(using)
    grants = first.Grants(apps, using)
    name_finance(groups)
    for name, rights in (("Finance", READS_BOOKS), ("Managers", RUNS_THE_SHOP)):
        group, _made = groups.get_or_create(name=name)
        group.permissions.add(*(grants.permission(right) for right in (first.ADMIN, *rights)))
    owners, _made = groups.get_or_create(name="Owners")
    for lesser in groups.filter(name__in=LESSER):
        owners.permissions.add(*lesser.permissions.all())
    owners.permissions.add(*(grants.permission(right) for right in OWNS_THE_SHOP))
    grants.pages(owners, "root", "add change publish bulk_delete lock unlock")
    grants.files(owners)
    reach_as_far(apps, using, owners, groups.filter(name__in=LESSER))


def name_finance(groups):
    """Give the role its new name; where an owner has made a group of it already, join the two."""
    old, new = (groups.filter(name=name).first() for name in ("Bookkeepers", "Finance"))
    if old is not None and new is not None:
        new.permissions.add(*old.permissions.all())
        new.user_set.add(*old.user_set.all())
        old.delete()
    elif old is not None:
        old.name = "Finance"
        old.save()


def reach_as_far(apps, using, owners, lesser):
    """Let owners reach every page and file that another role reaches."""
    for model, place in (("GroupPagePermission", "page_id"),
                         ("GroupCollectionPermission", "collection_id")):
        grants = apps.get_model("wagtailcore", model).objects.using(using)
        for grant in grants.filter(group__in=lesser):
            grants.get_or_create(
                group_id=owners.pk,
                permission_id=grant.permission_id,
                **{place: getattr(grant, place)},
            )


class Migration(migrations.Migration):
    dependencies = [
        ("launch", "0008_bookkeepers_give_back"),
        ("backoffice", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("allauth_idp_oidc", "0003_client_allow_uri_wildcards"),
        ("django_q", "0018_task_success_index"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
