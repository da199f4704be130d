"""Help a member of staff who lost the second factor: take it away, so that a new one is set up."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry, log

from shop.customers.models import User
from shop.notifications.actions import send_account_email

REMOVED = "shop.second_factor_removed"
EMAIL_LIFETIME = timedelta(days=2)


@transaction.atomic
def remove_second_factor(user: User, *, by: User | None = None) -> int:
    """Remove apps, passkeys and recovery codes, end the person's sessions and say so by email.

    Returns how many were removed; nothing else happens when there were none.
    """
    removed, _kinds = Authenticator.objects.filter(user=user).delete()
    if not removed:
        return 0
    for session in UserSession.objects.filter(user=user):
        session.end()
    log(user, REMOVED, user=by)
    if user.email:
        text = _(
            "Your second factor at %(shop)s was removed, and you were signed out everywhere."
        ) % {"shop": settings.WAGTAIL_SITE_NAME}
        more = _(
            "Sign in with your password and set up a new one."
            " If you did not ask for this, tell the shop at once."
        )
        send_account_email(
            recipient=user.email,
            subject=_("Your second factor was removed"),
            body=f"{text}\n\n{more}\n\n{settings.BASE_URL}{reverse('mfa_index')}\n",
            lifetime=EMAIL_LIFETIME,
            user=user,
        )
    return removed


def removal_view(request: HttpRequest, user_id: int) -> HttpResponse:
    """Ask a superuser once more, then remove somebody's second factor."""
    if not request.user.is_superuser:
        raise PermissionDenied
    person = get_object_or_404(User, pk=user_id)
    if request.method == "POST":
        if remove_second_factor(person, by=request.user):
            messages.success(
                request, _("%(person)s can set up a new one now.") % {"person": person}
            )
        else:
            messages.warning(request, _("%(person)s has no second factor.") % {"person": person})
        return redirect("wagtailusers_users:index")
    return render(
        request,
        "backoffice/people/remove_second_factor.html",
        {"person": person, "page_title": _("Remove the second factor")},
    )


def listing_buttons(user: User, request_user: User) -> Iterator[Button]:
    """Offer the removal in the list of users, to superusers and where there is something."""
    if request_user.is_superuser and Authenticator.objects.filter(user=user).exists():
        yield Button(
            _("Remove second factor"),
            url=reverse("remove_second_factor", args=[user.pk]),
            icon_name="lock-open",
            priority=40,
        )


def log_actions(actions: LogActionRegistry) -> None:
    """Name the removal in the admin's log."""
    actions.register_action(REMOVED, _("Remove the second factor"), _("Second factor removed"))


def account_menu_item(request: HttpRequest) -> dict[str, Any]:
    """Lead from the admin's profile to where password and second factor are changed."""
    return {
        "url": reverse("account-security"),
        "label": _("Password and sign-in"),
        "help_text": _(
            "Change password and email address, set up an app or passkey, end sessions."
        ),
    }
