"""Invite somebody to work here, take that back, accept it; change what somebody may do."""

import secrets
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from shop.backoffice.models import INVITATION_LIFETIME, StaffInvitation
from shop.backoffice.people.roles import Reach
from shop.core.clock import now
from shop.core.errors import Conflict, NotFound, ShopError
from shop.customers.models import User
from shop.notifications.actions import send_account_email

SIGNER = signing.Signer(salt="invitation to work in the shop")
INVITED = "shop.staff_invited"
REVOKED = "shop.invitation_revoked"
ACCEPTED = "shop.invitation_accepted"
ROLE_CHANGED = "shop.role_changed"


class RoleAboveOwn(ShopError):
    """Somebody gives away more than they have."""

    status = 403

    def __init__(self) -> None:
        super().__init__("role_above_own", _("This role may do more than you may."), field="role")


class WorksHere(Conflict):
    """The person is of staff already."""

    def __init__(self) -> None:
        super().__init__(
            "works_here", _("This person works here already; change the role."), field="email"
        )


class InvitationOver(NotFound):
    """The link is unknown, used, revoked or too old."""

    def __init__(self) -> None:
        super().__init__("invitation_over", _("This invitation is no longer valid."))


class NotYourself(Conflict):
    """Nobody changes the own role: the last owner would lock the door from outside."""

    def __init__(self) -> None:
        super().__init__("not_yourself", _("Somebody else has to change your role."))


def accounts_of(email: str) -> QuerySet[User]:
    """Return the accounts that name this address, proved or not."""
    named = Q(email__iexact=email) | Q(emailaddress__email__iexact=email)
    return User.objects.filter(named).distinct()


@transaction.atomic
def invite(*, email: str, role: Group, by: Any) -> StaffInvitation:
    """Write an invitation and its email; an earlier one to the same address counts no more.

    Raises RoleAboveOwn or WorksHere.
    """
    if not Reach(by).covers(role):
        raise RoleAboveOwn
    address = email.strip().lower()
    if any(person.has_perm("wagtailadmin.access_admin") for person in accounts_of(address)):
        raise WorksHere
    StaffInvitation.objects.unanswered().filter(email=address).update(revoked_at=now())
    invitation = StaffInvitation.objects.create(
        email=address, role=role, key=secrets.token_hex(16), invited_by=by
    )
    log(invitation, INVITED, user=by, data={"role": role.name})
    _send(invitation, by)
    return invitation


def link_of(invitation: StaffInvitation) -> str:
    """Return the address that lets the invited person in."""
    path = reverse("staff_invitation", args=[SIGNER.sign(invitation.key)])
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def _send(invitation: StaffInvitation, by: Any) -> None:
    shop = settings.WAGTAIL_SITE_NAME
    words = {"shop": shop, "who": str(by), "role": invitation.role.name}
    text = _(
        "%(who)s asks you to work at %(shop)s. Your role: %(role)s.\n\n"
        "Open this address to choose a password and begin:"
    )
    more = _(
        "It works once, for three days, and for you alone: do not pass it on."
        " If you did not expect it, let it be."
    )
    send_account_email(
        recipient=invitation.email,
        subject=_("Your invitation to %(shop)s") % words,
        body=f"{text % words}\n\n{link_of(invitation)}\n\n{more}\n",
        lifetime=INVITATION_LIFETIME,
    )


def find_invitation(token: str) -> StaffInvitation:
    """Return the open invitation that a link stands for. Raises InvitationOver.

    An invitation counts no longer than its sender's own right to give the role.
    """
    try:
        key = SIGNER.unsign(token)
    except signing.BadSignature as forged:
        raise InvitationOver from forged
    found = StaffInvitation.objects.select_related("role", "invited_by").filter(key=key).first()
    if found is None or not found.is_open or found.invited_by is None:
        raise InvitationOver
    if not found.invited_by.is_active or not Reach(found.invited_by).covers(found.role):
        raise InvitationOver
    return found


@transaction.atomic
def accept(*, token: str, user: Any) -> StaffInvitation:
    """Give an account the role that it was invited to. Raises InvitationOver."""
    invitation = find_invitation(token)
    taken = StaffInvitation.objects.unanswered().filter(pk=invitation.pk)
    # Of two clicks at once one writes the row.
    if not taken.update(accepted_at=now(), accepted_by=user):
        raise InvitationOver
    user.groups.add(invitation.role)
    if not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    data = {"role": invitation.role.name}
    log(user, ACCEPTED, user=user, data=data)
    return invitation


@transaction.atomic
def accept_as_newcomer(
    *, token: str, first_name: str, last_name: str, password: str
) -> tuple[User, StaffInvitation]:
    """Make the account of somebody new here; the link has proved the address.

    Raises InvitationOver, also where the address has got an account meanwhile.
    """
    invitation = find_invitation(token)
    if accounts_of(invitation.email).exists():
        raise InvitationOver
    user = User(
        username=f"staff-{secrets.token_hex(6)}",
        email=invitation.email,
        first_name=first_name,
        last_name=last_name,
    )
    user.set_password(password)
    user.save(force_insert=True)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user, accept(token=token, user=user)


@transaction.atomic
def revoke(*, invitation_id: int, by: Any) -> StaffInvitation:
    """Let an open invitation count no more. Raises InvitationOver or RoleAboveOwn."""
    invitation = StaffInvitation.objects.select_related("role").filter(pk=invitation_id).first()
    if invitation is None:
        raise InvitationOver
    if not Reach(by).covers(invitation.role):
        raise RoleAboveOwn
    unanswered = StaffInvitation.objects.unanswered().filter(pk=invitation.pk)
    if not unanswered.update(revoked_at=now()):
        raise InvitationOver
    log(invitation, REVOKED, user=by, data={"role": invitation.role.name})
    return invitation


@transaction.atomic
def change_role(*, person_id: int, role: Group | None, by: Any) -> User:
    """Give a member of staff another role; None: the person works here no longer.

    Raises NotYourself, or RoleAboveOwn where the old or the new role exceeds the own rights.
    """
    person = User.objects.select_for_update().get(pk=person_id)
    if person.pk == by.pk:
        raise NotYourself
    reach = Reach(by)
    if not reach.covers_person(person) or (role is not None and not reach.covers(role)):
        raise RoleAboveOwn
    was = sorted(person.groups.values_list("name", flat=True))
    person.groups.set([role] if role else [])
    if role is None:
        person.user_permissions.clear()
        if person.is_staff:
            person.is_staff = False
            person.save(update_fields=["is_staff"])
    log(person, ROLE_CHANGED, user=by, data={"role": role.name if role else "", "was": was})
    return person
