"""Fields of the forms that people sign in and up with."""

from typing import Any

from allauth.account import fields
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shop.orders.contact import parse_phone


class PhoneField(fields.PhoneField):
    """A phone number in any way Kenyans write it; gives E.164."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("validators", [])
        kwargs.setdefault("label", _("Phone number"))
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={"type": "tel", "autocomplete": "tel", "placeholder": "0712 345 678"}
            ),
        )
        super().__init__(*args, **kwargs)

    def clean(self, value: Any) -> str:
        """Return the number as the network writes it, or raise ValidationError."""
        text = forms.CharField.clean(self, value)
        number = parse_phone(text) if text else None
        if text and number is None:
            raise ValidationError(
                _("We do not know this number; try 0712 345 678."), code="invalid_phone"
            )
        return number.as_e164 if number else ""


class CodeField(forms.CharField):
    """The digits that came by SMS or email."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Code"))
        kwargs["widget"] = forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "class": "code-input",
                "maxlength": 12,
                "autofocus": True,
            }
        )
        super().__init__(**kwargs)
