"""Amounts in the admin's forms."""

from django.core.validators import MinValueValidator
from django.forms import BaseForm
from django.utils.translation import gettext_lazy as _

NOT_NEGATIVE = _("A price cannot be negative.")


def refuse_negative(form: BaseForm, *names: str) -> None:
    """Refuse amounts below zero at the field, before a constraint does it in its own words."""
    for name in names:
        form.fields[name].validators.append(MinValueValidator(0, NOT_NEGATIVE))
