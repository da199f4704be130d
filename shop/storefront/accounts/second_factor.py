"""Passkeys as the shop words them."""

from typing import Any

from allauth.core import context
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _

from shop.storefront.accounts.devices import device_name


class AddPasskeyForm(AddWebAuthnForm):
    """A key named after the device it is made on, which signs in alone unless one says no."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        agent = context.request.META.get("HTTP_USER_AGENT", "")
        kwargs["initial"] = {"name": device_name(agent), "passwordless": True}
        super().__init__(*args, **kwargs)
        name, alone = self.fields["name"], self.fields["passwordless"]
        name.label = _("What do you call it?")
        name.widget.attrs["maxlength"] = name.max_length = 60
        alone.label = _("It signs me in by itself, without the password")
        alone.help_text = _("Without the tick it is asked for after the password.")
