"""Delivery zones, methods with their rates, and VAT rates."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet

from shop.backoffice.amounts import refuse_negative
from shop.pricing.models import DeliveryMethod, DeliveryZone, TaxRate
from shop.pricing.regions import COUNTIES

GRAM = Decimal("0.001")
NO_WEIGHT = gettext_lazy("Leave it empty if the weight does not count.")


class DeliveryZoneForm(WagtailAdminModelForm):
    """A zone's counties, each in one zone only."""

    regions = forms.MultipleChoiceField(
        label=gettext_lazy("Counties"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: everywhere that no other zone names"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [name for name in self.instance.regions if name not in COUNTIES]
        self.fields["regions"].choices = [(name, name) for name in (*COUNTIES, *others)]

    def clean_regions(self) -> list[str]:
        """Refuse a county that lies in another zone, and a second zone for everywhere else."""
        regions: list[str] = self.cleaned_data["regions"]
        for zone in DeliveryZone.objects.exclude(pk=self.instance.pk):
            shared = [name for name in regions if name in zone.regions]
            if shared:
                raise forms.ValidationError(
                    _("%(places)s: already in the zone “%(zone)s”.")
                    % {"places": ", ".join(shared), "zone": zone.name}
                )
            if not regions and not zone.regions:
                raise forms.ValidationError(
                    _("The zone “%s” is everywhere else already.") % zone.name
                )
        return regions


class DeliveryMethodForm(WagtailAdminModelForm):
    """A method with what it costs in each zone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for form in self._rate_forms():
            refuse_negative(form, "price", "free_from", "from_value")
            form.fields["max_weight"].validators.append(MinValueValidator(GRAM, NO_WEIGHT))

    def _rate_forms(self) -> list[Any]:
        return list(self.formsets["rates"].forms) if "rates" in self.formsets else []

    def clean(self) -> dict[str, Any]:
        """Refuse two rates for one step of one zone."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen = set()
        for form in self._rate_forms():
            rate = form.cleaned_data if form.is_valid() else {}
            if not rate or rate.get("DELETE"):
                continue
            step = (rate["zone"], rate["max_weight"], rate["from_value"] or 0)
            if step in seen:
                form.add_error(
                    "zone", _("There is a rate for this zone, weight and order value already.")
                )
            seen.add(step)
        return cleaned


class TaxRateForm(WagtailAdminModelForm):
    """A percentage."""

    def clean_percent(self) -> Any:
        """Refuse what is no percentage."""
        percent = self.cleaned_data["percent"]
        if not 0 <= percent <= 100:
            raise forms.ValidationError(_("Give a percentage between 0 and 100."))
        return percent


class TaxRateViewSet(ModelViewSet):
    """VAT rates."""

    model = TaxRate
    name = "vat_rates"
    url_prefix = "vat-rates"
    icon = "decimal"
    menu_label = gettext_lazy("VAT rates")
    list_display = ["tax_class", "percent"]
    ordering = ["tax_class"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [FieldPanel("tax_class"), FieldPanel("percent")], base_form_class=TaxRateForm
    )


class DeliveryZoneViewSet(ModelViewSet):
    """Delivery zones."""

    model = DeliveryZone
    name = "delivery_zones"
    url_prefix = "delivery-zones"
    icon = "globe"
    menu_label = gettext_lazy("Delivery zones")
    list_display = [
        "name",
        Column(
            "regions",
            label=gettext_lazy("Counties"),
            accessor=lambda zone: ", ".join(zone.regions) or _("everywhere else"),
        ),
    ]
    ordering = ["name"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("regions")], base_form_class=DeliveryZoneForm
    )


class DeliveryMethodViewSet(ModelViewSet):
    """Delivery methods with their rates."""

    model = DeliveryMethod
    name = "delivery_methods"
    url_prefix = "delivery-methods"
    icon = "pick"
    menu_label = gettext_lazy("Delivery methods")
    list_display = ["name", "description", BooleanColumn("active", label=gettext_lazy("Offered"))]
    ordering = ["sort_order", "pk"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("code"),
            FieldPanel("description"),
            FieldRowPanel(
                [FieldPanel("needs_address"), FieldPanel("active"), FieldPanel("sort_order")]
            ),
            InlinePanel(
                "rates",
                heading=gettext_lazy("What it costs"),
                label=gettext_lazy("Rate"),
                panels=[
                    FieldPanel("zone"),
                    FieldRowPanel([FieldPanel("max_weight"), FieldPanel("from_value")]),
                    FieldRowPanel([FieldPanel("price"), FieldPanel("free_from")]),
                ],
                help_text=gettext_lazy(
                    "A method does not go to a zone that has no rate here. Several rates for one"
                    " zone make steps by weight or by the value of the order."
                ),
            ),
            InlinePanel(
                "pickup_points",
                heading=gettext_lazy("Pickup points"),
                label=gettext_lazy("Pickup point"),
                panels=[
                    FieldRowPanel([FieldPanel("name"), FieldPanel("active")]),
                    FieldRowPanel([FieldPanel("address"), FieldPanel("hours")]),
                ],
                help_text=gettext_lazy(
                    "Where buyers fetch what they ordered this way; they choose at the checkout."
                ),
            ),
        ],
        base_form_class=DeliveryMethodForm,
    )
