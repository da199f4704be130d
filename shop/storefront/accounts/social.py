"""Login at an outside OpenID provider: whose account it is, and what to say when it fails."""

import logging
from typing import Any

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from requests import RequestException

from shop.customers.models import User
from shop.notifications.actions import welcome
from shop.storefront.accounts.claims import Claims, take_over
from shop.storefront.accounts.openid import OpenIDAdapter, OpenIDProvider
from shop.storefront.accounts.people import account_of_email, new_username, shut_out_stranger

logger = logging.getLogger(__name__)

# What ends in no login at the account that was found.
ELSEWHERE = (AuthProcess.CONNECT, AuthProcess.REDIRECT)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Trust an address only where the provider verified it."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "no_password": _("This is your only way in. Confirm a phone number or an email first."),
    }

    def get_provider(self, request: HttpRequest, provider: str, client_id: Any = None) -> Any:
        """Return our stricter provider in the place of allauth's."""
        found = super().get_provider(request, provider, client_id=client_id)
        if isinstance(found, OpenIDConnectProvider):
            return OpenIDProvider(request, app=found.app)
        return found

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Any) -> Any:
        """Fill a user that may become a new account; an address of somebody else is left out."""
        claims = Claims.of(sociallogin.account.extra_data)
        user = sociallogin.user
        assert user is not None  # noqa: S101
        user.username = new_username()
        user.first_name, user.last_name = claims.first_name, claims.last_name
        keep = claims.email and (claims.email_verified or not _is_taken(claims.email))
        user.email = claims.email if keep else ""
        sociallogin.email_addresses = (
            [EmailAddress(email=claims.email, verified=claims.email_verified, primary=True)]
            if keep
            else []
        )
        return user

    def authenticate_by_email(self, sociallogin: SocialLogin) -> Any:
        """Find the account that belongs to whoever reads a verified mailbox."""
        for address in sociallogin.email_addresses:
            if not address.verified or not self.can_authenticate_by_email(
                sociallogin, address.email
            ):
                continue
            user = account_of_email(address.email)
            if user is None:
                continue
            rows = EmailAddress.objects.filter(user=user, email__iexact=address.email)
            if user.is_staff or not rows.exists():
                # The owner wrote it: nobody has to lose a password over it.
                rows.update(verified=True)
                rows.get_or_create(
                    defaults={"user": user, "email": address.email, "verified": True}
                )
            return user, address.email
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Shut a stranger out of an account that its mailbox's owner is about to enter."""
        email, user = sociallogin._did_authenticate_by_email, sociallogin.user
        if not email or sociallogin.state.get("process") in ELSEWHERE:
            return
        if EmailAddress.objects.filter(user=user, email__iexact=email, verified=False).exists():
            shut_out_stranger(user, email)

    def validate_disconnect(self, account: Any, accounts: Any) -> None:
        """Refuse to let go of the only way in; a confirmed phone or email is another one."""
        user = account.user
        if not (
            accounts.exclude(pk=account.pk).exists()
            or user.has_usable_password()
            or (user.phone and user.phone_verified)
            or EmailAddress.objects.filter(user=user, verified=True).exists()
        ):
            raise self.validation_error("no_password")

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> Any:
        """Make the account with what the provider says, and welcome its owner."""
        user = super().save_user(request, sociallogin, form)
        take_over(user, Claims.of(sociallogin.account.extra_data))
        welcome(user)
        return user

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        """Show one page that says what to do; apps without a page get allauth's answer."""
        if error == AuthError.CANCELLED or _is_headless(extra_context):
            return
        if exception is not None:
            logger.warning("Login at %s failed: %s", provider.sub_id, type(exception).__name__)
        raise ImmediateHttpResponse(failure_page(request, provider, broken=exception is not None))


def _is_taken(email: str) -> bool:
    return (
        EmailAddress.objects.filter(email__iexact=email, verified=True).exists()
        or User.objects.filter(email__iexact=email, is_staff=True).exists()
    )


def _is_headless(context: Any) -> bool:
    state = (context or {}).get("state")
    return isinstance(state, dict) and bool(state.get("headless"))


def failure_page(request: HttpRequest, provider: Any, *, broken: bool) -> HttpResponse:
    """Say that the provider gave no usable answer, or that the login here is no longer open."""
    return render(
        request,
        "socialaccount/authentication_error.html",
        {"provider": provider, "broken": broken},
        status=502 if broken else 400,
    )


def _open(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    """Run one step of a login; where the provider cannot be used, say so on a page."""
    try:
        adapter = OpenIDAdapter(request, provider_id)
        provider = adapter.get_provider()
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    try:
        response: HttpResponse = view.adapter_view(adapter)(request)
    except (OAuth2Error, RequestException) as error:
        logger.warning("Login at %s failed: %s", provider_id, type(error).__name__)
        return failure_page(request, provider, broken=True)
    return response


@login_not_required
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send a browser to the provider."""
    return _open(OAuth2LoginView, request, provider_id)


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take a browser back from the provider."""
    return _open(OAuth2CallbackView, request, provider_id)
