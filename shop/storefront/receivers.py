"""What the shop's pages do when something happens."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shop.storefront.basket import bring_along


@receiver(user_logged_in)
def keep_the_cart(request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """A guest who logs in keeps what was in the cart, and is told so."""
    if request is None or not hasattr(request, "session"):
        return
    request.user = user
    if bring_along(request):
        messages.info(request, _("What you had put into your cart is still there."))
