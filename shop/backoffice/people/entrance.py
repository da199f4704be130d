"""The page that an invitation leads to: choose a password, or come in with the own account."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import EmailAddress, Login
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from shop.backoffice.models import StaffInvitation
from shop.backoffice.people.actions import (
    InvitationOver,
    accept,
    accept_as_newcomer,
    accounts_of,
    find_invitation,
)
from shop.customers.models import User

PAGE = "backoffice/people/invitation.html"


class NewcomerForm(forms.Form):
    """Who begins to work here."""

    first_name = forms.CharField(
        label=gettext_lazy("First name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=gettext_lazy("Last name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        max_length=500,
        help_text=gettext_lazy("At least 8 characters; not only digits."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, email: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Hold the password to the rules of all passwords here."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if password := cleaned.get("password"):
            names = {name: cleaned.get(name, "") for name in ("first_name", "last_name")}
            try:
                get_adapter().clean_password(password, User(email=self.email, **names))
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return cleaned


@never_cache
@sensitive_post_parameters("password")
def staff_invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show what somebody is invited to; only a POST accepts it: mail programs open links too."""
    try:
        invitation = find_invitation(token)
        if request.user.is_authenticated:
            return _as_oneself(request, token, invitation)
        if accounts_of(invitation.email).exists():
            return _page(request, invitation, sign_in=_sign_in(request))
        return _as_newcomer(request, token, invitation)
    except InvitationOver:
        return render(request, PAGE, {"over": True}, status=410)


def _as_oneself(request: HttpRequest, token: str, invitation: StaffInvitation) -> HttpResponseBase:
    """Let somebody who is signed in accept, if the invitation is for this person."""
    if not _is_of(invitation.email, request.user):
        return _page(request, invitation, other=str(request.user))
    if request.method != "POST":
        return _page(request, invitation, is_oneself=True)
    accept(token=token, user=request.user)
    messages.success(request, _("Welcome! Your role: %s.") % invitation.role.name)
    return redirect("wagtailadmin_home")


def _as_newcomer(request: HttpRequest, token: str, invitation: StaffInvitation) -> HttpResponseBase:
    """Ask for name and password; then make the account and sign it in."""
    form = NewcomerForm(invitation.email, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, invitation, form=form)
    user, _invitation = accept_as_newcomer(token=token, **form.cleaned_data)
    record_authentication(request, user, method="password", email=user.email)
    home = reverse("wagtailadmin_home")
    entered: HttpResponse = perform_login(
        request, Login(user=user, redirect_url=home, email=user.email)
    )
    return entered


def _is_of(email: str, user: Any) -> bool:
    return bool(
        user.email.lower() == email
        or EmailAddress.objects.filter(user=user, email__iexact=email).exists()
    )


def _sign_in(request: HttpRequest) -> str:
    return f"{reverse('account_login')}?next={request.path}"


def _page(request: HttpRequest, invitation: StaffInvitation, **more: Any) -> HttpResponse:
    return render(request, PAGE, {"invitation": invitation, **more})
