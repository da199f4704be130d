"""What the shop tells django-allauth: about phones, names and how messages go out."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shop.customers.models import User
from shop.flows.prove_phone import prove_phone
from shop.notifications.actions import send_account_email, send_code
from shop.notifications.models import Channel
from shop.storefront.accounts.fields import PhoneField
from shop.storefront.accounts.people import account_of_phone, new_username

# Words about an account are of no use much later: links in them have their own, longer time.
EMAIL_LIFETIME = timedelta(hours=6)
PHONE_STAGE = "allauth.account.stages.PhoneVerificationStage"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by phone or email; every message goes through the shop's outbox."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This is not the code we sent. Please look again."),
        "too_many_login_attempts": _("Too many tries. Please wait a little, then begin again."),
        "rate_limited": _("Please wait a little before you ask for another code."),
        "email_password_mismatch": _("Email or password is wrong."),
        "phone_password_mismatch": _("Phone number or password is wrong."),
        "username_password_mismatch": _("User name or password is wrong."),
        "select_only_one": _("Give a phone number or an email, not both."),
    }

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        """Understand numbers as people here write them."""
        return PhoneField(**kwargs)

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        """Return an account's number and whether it is proved."""
        return (user.phone.as_e164, user.phone_verified) if user.phone else None

    def get_user_by_phone(self, phone: str) -> User | None:
        """Return whose number it is."""
        return account_of_phone(phone)

    def set_phone(self, user: Any, phone: str, verified: bool) -> None:
        """Keep a proved number; one that nobody proved is not kept."""
        if verified:
            prove_phone(user, phone)

    def set_phone_verified(self, user: Any, phone: str) -> None:
        """Keep a number whose code came back."""
        prove_phone(user, phone)

    def send_verification_code_sms(self, user: Any, phone: str, code: str, **kwargs: Any) -> None:
        """Send the code that proves a number for an account that is there already."""
        send_code(
            channel=Channel.SMS,
            recipient=phone,
            code=code,
            lifetime=timedelta(seconds=settings.ACCOUNT_PHONE_VERIFICATION_TIMEOUT),
            user=user,
        )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the email into the outbox: no page waits for a mail server."""
        message = self.render_mail(
            template_prefix, email, {"request": self.request, "email": email, **_about(), **context}
        )
        user = context.get("user")
        send_account_email(
            recipient=email,
            subject=message.subject,
            body=str(message.body),
            lifetime=EMAIL_LIFETIME,
            user=user if isinstance(user, User) and user.pk else None,
        )

    def get_login_stages(self) -> list[str]:
        """Leave out the proof of an unproved number at login: no account has one by its owner."""
        return [stage for stage in super().get_login_stages() if stage != PHONE_STAGE]

    def generate_unique_username(self, txts: list[str | None], regex: str | None = None) -> str:
        """Return a name that says nothing of its owner."""
        return new_username()

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Give an account that has no user name one that says nothing of its owner."""
        user.username = user.username or new_username()


def _about() -> dict[str, Any]:
    return {"current_site": {"name": settings.WAGTAIL_SITE_NAME, "domain": settings.BASE_URL}}
