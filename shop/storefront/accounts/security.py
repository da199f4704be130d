"""One page that shows how an account is kept safe, and leads to each part."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache


def provider_name(account: SocialAccount) -> str:
    """Return what the provider is called, "" if the settings know none of that id (any more)."""
    try:
        return str(account.get_provider().name)
    except SocialApp.DoesNotExist:
        return ""


@login_required
@never_cache
def account_security(request: HttpRequest) -> HttpResponse:
    """Show addresses, password, second factors, devices and connected accounts in short."""
    kinds = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    connected = SocialAccount.objects.filter(user=request.user)
    return render(
        request,
        "storefront/account_security.html",
        {
            "email": EmailAddress.objects.filter(user=request.user, primary=True).first(),
            "app": Authenticator.Type.TOTP in kinds,
            "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
            "devices": len(UserSession.objects.purge_and_list(request.user)),
            "providers": [provider_name(account) or account.provider for account in connected],
            "can_connect": bool(settings.SOCIALACCOUNT_PROVIDERS),
            "meta": {"title": _("Security"), "robots": "noindex"},
        },
    )
