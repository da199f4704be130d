"""The way into the admin: the shop's own login, and a clear word for who has no business here."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _


def admin_login(request: HttpRequest) -> HttpResponse:
    """Send a stranger to the login; refuse a customer, whom the login would only send back here."""
    if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied(_("Your account has no access to the shop's admin."))
    wanted = request.GET.get("next", reverse("wagtailadmin_home"))
    return redirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")
