"""What the shop's pages do when something happens."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from allauth.core.internal.httpkit import is_headless_request
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.signals import social_account_added, social_account_updated
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shop.cart.actions import Joined
from shop.customers.signals import person_asks
from shop.flows.claim_orders import claim_orders
from shop.storefront.accounts.claims import Claims, take_over
from shop.storefront.basket import bring_along
from shop.storefront.personal_data import logins_of
from shop.storefront.views.account.wishlist import keep_wish


@receiver(user_logged_in)
def keep_the_cart(request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """A guest who logs in keeps what was in the cart, and is told so."""
    if request is None or not hasattr(request, "session"):
        return
    request.user = user
    joined = bring_along(request)
    if is_headless_request(request):  # an app reads the cart itself
        return
    for thing in joined:
        if not thing.complete:
            messages.warning(request, _what_happened(thing))
    if any(thing.complete for thing in joined):
        messages.info(request, _("What you had put into your cart is still there."))


def _what_happened(thing: Joined) -> str:
    words = {"kept": thing.kept, "wanted": thing.wanted, "name": thing.name, "left": thing.left}
    if thing.left is None:
        return _("%(name)s did not fit into your cart.") % words
    if thing.kept == 0:
        return _("%(name)s is sold out.") % words
    if thing.left == 1:
        return _("%(name)s: we put 1 of %(wanted)d into your cart, only 1 is left.") % words
    return (
        _("%(name)s: we put %(kept)d of %(wanted)d into your cart, only %(left)d are left.") % words
    )


@receiver(user_logged_in, dispatch_uid="wish_of_a_guest")
def keep_the_wish(request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """A guest who pressed the heart finds the product on the wishlist after logging in."""
    if request is not None and hasattr(request, "session"):
        request.user = user
        keep_wish(request)


@receiver(person_asks, dispatch_uid="logins_of_who_asks")
def tell_logins(user: Any, **kwargs: Any) -> dict[str, Any]:
    """Who asks what the shop keeps is told of ways in and of open sessions too."""
    return {"logins": logins_of(user)}


@receiver(email_confirmed, dispatch_uid="orders_of_a_proved_email")
def join_orders(email_address: EmailAddress, **kwargs: Any) -> None:
    """Orders that were placed with an email join the account that proves it."""
    claim_orders(email_address.user)


@receiver(
    [social_account_added, social_account_updated], dispatch_uid="claims_of_an_outside_account"
)
def take_claims(sociallogin: SocialLogin, **kwargs: Any) -> None:
    """Each login at a provider may bring a new name, email or phone."""
    take_over(sociallogin.account.user, Claims.of(sociallogin.account.extra_data))


@receiver(authenticator_added, dispatch_uid="recovery_codes_follow")
def go_on_to_the_codes(
    request: HttpRequest, user: Any, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Who has just set up a second factor sees the recovery codes without using it at once.

    An account that had neither password nor second factor had nothing to show for itself before.
    """
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(
            request, user, method="mfa", type=authenticator.type, reauthenticated=True
        )
