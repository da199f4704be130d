"""Who works here: the list, inviting, another role."""

from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from shop.backoffice.models import StaffInvitation
from shop.backoffice.people import actions
from shop.backoffice.people.roles import WORK, Reach, roles_within, staff
from shop.backoffice.records.base import tag
from shop.core.errors import ShopError
from shop.customers.models import User

SEES = "backoffice.view_staffinvitation"
INVITES = "backoffice.add_staffinvitation"
CHANGES = "backoffice.change_staffinvitation"
ICON = "group"
# Invitations that are listed; older ones stand in the log of what staff did.
LATEST = 20


class StaffMenuItem(MenuItem):
    """Stands in the settings menu of who may see the staff."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SEES)


def menu_item() -> StaffMenuItem:
    """Return the item of the settings menu."""
    return StaffMenuItem(
        gettext_lazy("Staff"), reverse("staff"), name="staff", icon_name=ICON, order=590
    )


def around(title: str = "") -> dict[str, Any]:
    """Return what each of these screens shows above its own matter."""
    trail = [{"url": reverse("staff") if title else "", "label": _("Staff")}]
    if title:
        trail.append({"url": "", "label": title})
    return {
        "header_title": title or _("Staff"),
        "header_icon": ICON,
        "breadcrumbs_items": trail,
    }


class RoleField(forms.ModelChoiceField):
    """One of the roles that somebody may give, with what its holder does."""

    widget = forms.RadioSelect

    def __init__(self, user: Any, **kwargs: Any) -> None:
        within = roles_within(user)
        known = Group.objects.filter(pk__in=[role.pk for role in within])
        super().__init__(known, label=gettext_lazy("Role"), **kwargs)
        order = {role.pk: place for place, role in enumerate(within)}
        self.choices = [
            ("" if role is None else role.pk, self.label_from_instance(role))
            for role in ([] if self.required else [None]) + sorted(known, key=lambda r: order[r.pk])
        ]

    def label_from_instance(self, role: Group | None) -> str:
        if role is None:
            return _("None: works here no longer")
        return f"{role.name}: {WORK[role.name]}" if role.name in WORK else role.name


class InvitationForm(forms.Form):
    """Whom to ask, and to do what."""

    email = forms.EmailField(
        label=gettext_lazy("Email"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = RoleField(user)


class RoleForm(forms.Form):
    """The one role that somebody has from now on."""

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = RoleField(user, required=False)


@permission_required(SEES, raise_exception=True)
def staff_list(request: HttpRequest) -> HttpResponse:
    """Show who works here, and who was asked to."""
    people = list(staff())
    proved = set(
        Authenticator.objects.filter(user__in=people)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .values_list("user_id", flat=True)
    )
    reach = Reach(request.user)
    changes = request.user.has_perm(CHANGES)
    invitations = StaffInvitation.objects.select_related("role", "invited_by").order_by("-pk")
    return render(
        request,
        "backoffice/people/staff.html",
        {
            **around(),
            "people": [
                {
                    "person": person,
                    "roles": [role.name for role in person.groups.all()],
                    "second_factor": person.pk in proved,
                    "is_me": person.pk == request.user.pk,
                    "may_change": changes
                    and person.pk != request.user.pk
                    and reach.covers_person(person),
                }
                for person in people
            ],
            "invitations": [(each, *_state(each)) for each in invitations[:LATEST]],
            "may_invite": request.user.has_perm(INVITES),
            "may_revoke": changes,
        },
    )


def _state(invitation: StaffInvitation) -> tuple[SafeString, bool]:
    """Return how an invitation stands, and whether it is open."""
    if invitation.accepted_at:
        return tag(_("Accepted"), "good"), False
    if invitation.revoked_at:
        return tag(_("Revoked")), False
    return (tag(_("Waits"), "warn"), True) if invitation.is_open else (tag(_("Too old")), False)


@permission_required(INVITES, raise_exception=True)
def staff_invite(request: HttpRequest) -> HttpResponse:
    """Ask whom to invite; on POST, send the link."""
    form = InvitationForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            invitation = actions.invite(
                email=form.cleaned_data["email"], role=form.cleaned_data["role"], by=request.user
            )
        except ShopError as error:
            form.add_error(error.field, error.message)
        else:
            messages.success(request, _("The invitation is on its way to %s.") % invitation)
            return redirect("staff")
    context = {**around(_("Invite somebody")), "form": form, "button": _("Send the invitation")}
    return render(request, "backoffice/people/ask.html", context)


@require_POST
@permission_required(CHANGES, raise_exception=True)
def staff_revoke(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Let an invitation count no more."""
    try:
        invitation = actions.revoke(invitation_id=invitation_id, by=request.user)
    except ShopError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The link sent to %s opens nothing any more.") % invitation)
    return redirect("staff")


@permission_required(CHANGES, raise_exception=True)
def staff_role(request: HttpRequest, person_id: int) -> HttpResponse:
    """Ask which role somebody shall have; on POST, give it."""
    person = get_object_or_404(User, pk=person_id)
    first = person.groups.order_by("name").first()
    form = RoleForm(
        request.user,
        request.POST if request.method == "POST" else None,
        initial={"role": first.pk if first else ""},
    )
    if form.is_valid():
        role = form.cleaned_data["role"]
        try:
            actions.change_role(person_id=person.pk, role=role, by=request.user)
        except ShopError as error:
            messages.error(request, error.message)
        else:
            words = {"who": person, "role": role}
            told = _("%(who)s: %(role)s.") if role else _("%(who)s works here no longer.")
            messages.success(request, told % words)
        return redirect("staff")
    context = {**around(str(person)), "form": form, "button": _("Save")}
    return render(request, "backoffice/people/ask.html", context)


def log_staff_actions(registry: LogActionRegistry) -> None:
    """Name in the admin's log what was done about staff."""
    registry.register_action(actions.INVITED, _("Invite staff"), _("Invited"))
    registry.register_action(actions.REVOKED, _("Revoke an invitation"), _("Invitation revoked"))
    registry.register_action(actions.ACCEPTED, _("Accept an invitation"), _("Began to work here"))
    registry.register_action(actions.ROLE_CHANGED, _("Change a role"), _("Role changed"))


STAFF_ADDRESSES: list[URLPattern] = [
    path("staff/", staff_list, name="staff"),
    path("staff/invite/", staff_invite, name="staff_invite"),
    path("staff/invitations/<int:invitation_id>/revoke/", staff_revoke, name="staff_revoke"),
    path("staff/<int:person_id>/role/", staff_role, name="staff_role"),
]
