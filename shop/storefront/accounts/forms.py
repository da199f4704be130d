"""Forms that people sign in and up with; apps without a browser send the same fields as JSON."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.socialaccount import forms as social_forms
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shop.notifications.actions import welcome
from shop.orders.contact import parse_phone
from shop.storefront.accounts.codes import CodeProcess
from shop.storefront.accounts.fields import CodeField


class LoginForm(allauth_forms.LoginForm):
    """Phone, email or user name with a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Email, phone or user name")
        self.fields["login"].widget = forms.TextInput(attrs={"autocomplete": "username"})
        self.fields["password"].widget.attrs.pop("placeholder", None)


class CodeRequestForm(allauth_forms.RequestLoginCodeForm):
    """One field for a phone number or an email, whichever somebody has."""

    login = forms.CharField(
        label=_("Phone number or email"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "placeholder": "0712 345 678"}),
    )

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is not None:
            data = data.copy()
            written = data.get("login", "").strip()
            if written:
                data["email" if "@" in written else "phone"] = written
        kwargs.setdefault("auto_id", "code_%s")  # the password's form stands on the same page
        super().__init__(data, *args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Say beside the one field what is wrong with what was written into it."""
        cleaned: dict[str, Any] = super().clean()
        for name in ("phone", "email"):
            for error in self.errors.pop(name, []):
                self.add_error("login", error)
        if not self.errors and not (cleaned.get("phone") or cleaned.get("email")):
            self.add_error("login", _("Tell us your phone number or email."))
        return cleaned


class CodeForm(allauth_forms.ConfirmLoginCodeForm):
    """The code that was sent."""

    code = CodeField()


class PhoneCodeForm(allauth_forms.VerifyPhoneForm):
    """The code that was sent to a phone number that shall become the account's."""

    code = CodeField()


class SignupRules:
    """What a new account needs: a phone, or an email; a password only if somebody wants one.

    With email and password the account is there at once and its address is proved later. Anything
    else is proved by a code first.
    """

    fields: dict[str, forms.Field]
    data: Any

    def _let_choose(self, password: str) -> None:
        for name in ("email", "phone", password):
            self.fields[name].required = False
            self.fields[name].widget.is_required = False

    def _check_choice(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("email") and cleaned.get("phone"):
            raise get_adapter().validation_error("select_only_one")
        if self.errors or cleaned.get("email") or cleaned.get("phone"):  # type: ignore[attr-defined]
            return
        self.add_error("email", _("Tell us your email or phone number."))  # type: ignore[attr-defined]

    def _by_code(self, request: HttpRequest, cleaned: dict[str, Any], password: str) -> bool:
        if cleaned.get("email") and cleaned.get(password):
            return False
        secret = cleaned.get(password)
        CodeProcess.begin(
            request,
            email=cleaned.get("email") or "",
            phone=cleaned.get("phone") or "",
            password=make_password(secret) if secret else "",
        )
        return True

    @transaction.atomic
    def save(self, request: HttpRequest) -> Any:
        """Make the account, and welcome its owner in the same transaction."""
        user = super().save(request)  # type: ignore[misc]
        welcome(user)
        return user


class SignupForm(SignupRules, allauth_forms.SignupForm):
    """Sign-up on a page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._let_choose("password1")
        self.fields["email"].label = _("Email")
        self.fields["email"].widget.attrs.pop("placeholder", None)
        self.fields["password1"].widget.attrs.pop("placeholder", None)
        self.fields["password1"].help_text = _("At least 8 characters; not only digits.")

    def clean(self) -> dict[str, Any]:
        """Refuse two addresses at once, and none."""
        cleaned: dict[str, Any] = super().clean()
        self._check_choice(cleaned)
        return cleaned

    def starts_with_a_code(self, request: HttpRequest) -> bool:
        """Send a code where the address is to be proved first; tells whether it was sent."""
        return self._by_code(request, self.cleaned_data, "password1")


class DisconnectForm(social_forms.DisconnectForm):
    """Which connected account is let go."""

    def clean(self) -> dict[str, Any]:
        """Ask our adapter alone: allauth wants a password, and a phone is enough."""
        cleaned: dict[str, Any] = forms.Form.clean(self) or {}
        if account := cleaned.get("account"):
            get_social_adapter().validate_disconnect(account, self.accounts)
        return cleaned


def looks_like_an_address(text: str) -> bool:
    """Tell whether a code could be sent there."""
    try:
        validate_email(text)
    except ValidationError:
        return parse_phone(text) is not None
    return True
