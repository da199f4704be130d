"""A variant's options: stored as JSON, edited as one line of text."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_OPTIONS = 5


def parse_options(text: str) -> dict[str, str]:
    """Read "Size: M, Colour: Red"; raises ValidationError naming the part that does not fit."""
    options: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, colon, value = (piece.strip() for piece in part.partition(":"))
        if not (colon and name and value):
            raise ValidationError(_("Write options as “Size: M, Colour: Red”; “%s” is not.") % part)
        if name in options:
            raise ValidationError(_("“%s” is given twice.") % name)
        options[name] = value
    return options


def format_options(options: dict[str, str]) -> str:
    """Write options as an editor reads them."""
    return ", ".join(f"{name}: {value}" for name, value in options.items())


class OptionsFormField(forms.CharField):
    """One line of text in a form, a dictionary in the model."""

    def prepare_value(self, value: Any) -> Any:
        return format_options(value) if isinstance(value, dict) else value

    def to_python(self, value: Any) -> dict[str, str]:  # type: ignore[override]
        return value if isinstance(value, dict) else parse_options(super().to_python(value) or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial or {}), data)


class OptionsField(models.JSONField):
    """Up to five named options, names and values short texts."""

    def formfield(self, **kwargs: Any) -> Any:
        # JSONField would hand its encoder to the form field, which is a line of text here.
        return models.Field.formfield(self, **{"form_class": OptionsFormField, **kwargs})

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        fits = isinstance(value, dict) and all(
            isinstance(part, str) and 0 < len(part) <= 60 for pair in value.items() for part in pair
        )
        if not fits or len(value) > MAX_OPTIONS:
            raise ValidationError(_("Give up to five options, each up to 60 letters long."))
