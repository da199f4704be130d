"""The way into the admin: the shop's own login, a second factor, and a clear word for strangers."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.documents.models import Document

ACCESS = "wagtailadmin.access_admin"
CONSENT = "idp:oidc:authorization"
FACTORS = {
    Authenticator.Type.TOTP: "mfa_reauthenticate",
    Authenticator.Type.WEBAUTHN: "mfa_reauthenticate_webauthn",
}


def admin_login(request: HttpRequest) -> HttpResponse:
    """Send a stranger to the login; refuse a customer, whom the login would only send back here."""
    if request.user.is_authenticated and not request.user.has_perm(ACCESS):
        raise PermissionDenied(_("Your account has no access to the shop's admin."))
    wanted = request.GET.get("next", reverse("wagtailadmin_home"))
    return redirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")


def missing_step(request: HttpRequest) -> str:
    """Return the address where a signed-in member of staff proves a second factor, "" if proved.

    The session itself must have proved it: one that began before the factor existed, or by a way
    that asks for none, does not count.
    """
    if not settings.STAFF_MFA_REQUIRED or not request.user.has_perm(ACCESS):
        return ""
    own = Authenticator.objects.filter(user=request.user.pk, type__in=FACTORS)
    kinds = set(own.values_list("type", flat=True))
    if not kinds:
        return reverse("mfa_index")
    records = get_authentication_records(request, request.user)
    if any(record.get("method") == "mfa" for record in records):
        return ""
    return reverse(next(name for kind, name in FACTORS.items() if kind in kinds))


def to_missing_step(request: HttpRequest) -> HttpResponse | None:
    """Return the redirect to the missing step, which leads back here, if a step is missing."""
    step = missing_step(request)
    wanted = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
    return redirect(f"{step}?{urlencode({'next': wanted})}") if step else None


def guard_private_documents(document: Document, request: HttpRequest) -> HttpResponse | None:
    """Hold staff to the same at documents that not everybody may read."""
    return to_missing_step(request) if document.collection.get_view_restrictions() else None


class SecondFactorMiddleware:
    """Open the admin only to a session that proved a second factor, where the settings ask so.

    The page that lets a program act for somebody asks for the same: its tokens prove nothing more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        leaving = request.path == reverse("wagtailadmin_logout")
        guarded = reverse("wagtailadmin_home"), reverse(CONSENT)
        inside = request.path.startswith(guarded) and not leaving
        return (to_missing_step(request) if inside else None) or self.get_response(request)
