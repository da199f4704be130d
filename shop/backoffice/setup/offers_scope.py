"""What the forms of offers and vouchers have in common: what they count for, and when."""

from collections.abc import Iterable
from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultipleChooserPanel, Panel

from shop.pricing.models import Scope

NAMED = ("categories", "products")


def scope_panels() -> list[Panel]:
    """Return the panels that say what it counts for."""
    return [
        FieldPanel("scope"),
        MultipleChooserPanel(
            "categories",
            chooser_field_name="category",
            heading=gettext_lazy("Categories"),
            label=gettext_lazy("Category"),
            panels=[FieldPanel("category")],
            help_text=gettext_lazy("With everything below them"),
        ),
        MultipleChooserPanel(
            "products",
            chooser_field_name="product",
            heading=gettext_lazy("Products"),
            label=gettext_lazy("Product"),
            panels=[FieldPanel("product")],
        ),
    ]


def time_panel() -> Panel:
    """Return the panel that says when it counts."""
    return FieldRowPanel([FieldPanel("active"), FieldPanel("starts_at"), FieldPanel("ends_at")])


class PromotionForm(WagtailAdminModelForm):
    """Names combinations that mean nothing, each at its field."""

    def clean(self) -> dict[str, Any]:
        """Check time and scope."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        if start and end and start >= end:
            self.add_error("ends_at", _("It must end after it begins."))
        self._clean_scope(cleaned.get("scope"))
        return cleaned

    def _clean_scope(self, scope: str | None) -> None:
        named = any(self.kept_rows(name) for name in NAMED)
        if scope == Scope.CHOSEN and not named:
            self.add_error("scope", _("Choose at least one category or product below."))
        if scope == Scope.ALL and named:
            self.add_error(
                "scope",
                _("It counts for everything: take the categories and products below out, or")
                + " "
                + _("choose that it counts for them alone."),
            )

    def kept_rows(self, name: str) -> list[dict[str, Any]]:
        """Return what the rows of an inline form say, those taken out excepted."""
        if name not in self.formsets:
            return []
        formset = self.formsets[name]
        taken_out = set(map(id, formset.deleted_forms)) if formset.is_valid() else set()
        return [
            form.cleaned_data
            for form in formset.forms
            if id(form) not in taken_out and form.is_valid() and form.cleaned_data
        ]

    def refuse(self, names: Iterable[str], message: str) -> None:
        """Refuse what stands in these fields, where anything does."""
        for name in names:
            if self.cleaned_data.get(name):
                self.add_error(name, message)


def keep_positive(form: BaseForm, name: str, message: str) -> None:
    """Refuse an amount that is missing or not above zero."""
    if name not in form.errors and not (form.cleaned_data.get(name) or 0) > 0:
        form.add_error(name, message)
