"""Roles, which are groups with access to the admin, and who may give them to whom."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from shop.customers.models import User

ACCESS = "wagtailadmin.access_admin"
BACKEND = "django.contrib.auth.backends.ModelBackend"

# What somebody in a group of ours does; a group that an owner made says it by its name.
WORK = {
    "Support": _("Reads orders, customers and messages, and changes nothing."),
    "Editors": _("Writes products and pages; others publish them."),
    "Moderators": _("Publishes what editors wrote."),
    "Catalogue managers": _("Keeps products, categories, prices and stock, and imports files."),
    "Order desk": _("Confirms, packs and ships orders, and writes to their buyers."),
    "Finance": _("Matches payments, gives money back, and reads invoices and reports."),
    "Managers": _("Runs the shop: all of the above, settings, vouchers, customers and staff."),
    "Owners": _("Everything, roles themselves included."),
}


def roles() -> "QuerySet[Group]":
    """Return all roles with what they allow."""
    return (
        with_rights(Group.objects.all())
        .filter(
            permissions__codename="access_admin",
            permissions__content_type__app_label="wagtailadmin",
        )
        .order_by("name")
    )


def with_rights(groups: "QuerySet[Group]") -> "QuerySet[Group]":
    """Read what groups allow along with them: five more statements, however many they are."""
    return groups.prefetch_related(
        "permissions__content_type",
        "page_permissions__page",
        "collection_permissions__collection",
    )


def roles_within(user: Any) -> list[Group]:
    """Return the roles that somebody may give, none above the own ones; ours stand first."""
    reach, order = Reach(user), list(WORK)
    within = [role for role in roles() if reach.covers(role)]
    return sorted(
        within, key=lambda role: order.index(role.name) if role.name in WORK else len(order)
    )


class Reach:
    """How far somebody's own rights go."""

    def __init__(self, user: Any) -> None:
        self.everything = bool(user.is_superuser and user.is_active)
        self.rights = user.get_all_permissions()
        own = {"group__user": user.pk}
        self.pages = set(
            GroupPagePermission.objects.filter(**own).values_list("permission_id", "page__path")
        )
        self.collections = set(
            GroupCollectionPermission.objects.filter(**own).values_list(
                "permission_id", "collection__path"
            )
        )

    def covers(self, role: Any) -> bool:
        """Tell whether a role allows nothing that this person may not do."""
        return self.everything or (
            _names(role.permissions.all()) <= self.rights
            and all(
                _reaches(self.pages, grant.permission_id, grant.page.path)
                for grant in role.page_permissions.all()
            )
            and all(
                _reaches(self.collections, grant.permission_id, grant.collection.path)
                for grant in role.collection_permissions.all()
            )
        )

    @cached_property
    def covered(self) -> set[int]:
        """The ids of all groups that allow nothing more."""
        return {group.pk for group in with_rights(Group.objects.all()) if self.covers(group)}

    def covers_person(self, person: User) -> bool:
        """Tell whether somebody else's rights lie within these, so that they may be changed."""
        if person.is_superuser:
            return False  # changed among Wagtail's users, by their like
        return self.everything or (
            _names(person.user_permissions.all()) <= self.rights
            and {group.pk for group in person.groups.all()} <= self.covered
        )


def _names(permissions: Iterable[Permission]) -> set[str]:
    return {f"{right.content_type.app_label}.{right.codename}" for right in permissions}


def _reaches(own: set[tuple[int, str]], permission: int, path: str) -> bool:
    """Tell whether a right holds at a place of the tree or above it."""
    return any(right == permission and path.startswith(above) for right, above in own)


def staff() -> "QuerySet[User]":
    """Return everybody who may enter the admin."""
    found: QuerySet[User] = User.objects.with_perm(ACCESS, backend=BACKEND)
    with_roles = found.prefetch_related("groups", "user_permissions__content_type")
    return with_roles.order_by("-is_superuser", "first_name", "pk")
