"""What is asked before a parcel or a return goes a step further."""

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from shop.fulfilment.models import Carrier, Return, Shipment


class CarrierInput(forms.TextInput):
    """A line to type in, with the known carriers as suggestions."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        known = f"{(attrs or {}).get('id', name)}-known"
        line = super().render(name, value, {**(attrs or {}), "list": known}, renderer)
        options = format_html_join(
            "", '<option value="{}"></option>', ((carrier,) for carrier in known_carriers())
        )
        return format_html('{}<datalist id="{}">{}</datalist>', line, known, options)


def known_carriers() -> list[str]:
    """Return the names of the carriers that are offered."""
    active = Carrier.objects.filter(active=True).order_by("name")
    return list(active.values_list("name", flat=True))


class NoteForm(forms.Form):
    """What somebody may add to a step."""

    note = forms.CharField(
        label=_("Note"), required=False, max_length=200, help_text=_("Stands in the timeline")
    )


class ReasonForm(forms.Form):
    """Cancelling wants a reason."""

    note = forms.CharField(label=_("Reason"), max_length=200)


class TrackingForm(forms.Form):
    """Who brings it, and under which number."""

    carrier = forms.CharField(
        label=_("Carrier"),
        required=False,
        max_length=60,
        widget=CarrierInput,
        help_text=_("One from Shop set-up gives the buyer a link to follow the parcel"),
    )
    tracking_number = forms.CharField(label=_("Tracking number"), required=False, max_length=60)

    def __init__(self, *args: Any, shipment: Shipment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            "carrier": shipment.carrier_name,
            "tracking_number": shipment.tracking_number,
        }


class AnswerForm(forms.Form):
    """What the buyer reads with a yes or no."""

    answer = forms.CharField(
        label=_("To the buyer"), max_length=300, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = needed


class ReferenceForm(forms.Form):
    """Where money that went back by hand can be found."""

    reference = forms.CharField(
        label=_("Reference"),
        required=False,
        max_length=64,
        help_text=_("Only if you have sent the money yourself; else the shop sends it now"),
    )


class UnitsForm(forms.Form):
    """A number of units for each line of an order."""

    def __init__(self, *args: Any, rows: list[tuple[int, str, int, int]], **kwargs: Any) -> None:
        """Take `rows` of line id, name, most units, units to begin with."""
        super().__init__(*args, **kwargs)
        self.lines = [row[0] for row in rows]
        for line_id, name, most, first in rows:
            self.fields[f"line-{line_id}"] = forms.IntegerField(
                label=name,
                min_value=0,
                max_value=most,
                initial=first,
                required=False,
                help_text=_("of %s") % most,
            )

    @property
    def units(self) -> dict[int, int]:
        """Return the units by line, lines without any left out."""
        wanted = {line: self.cleaned_data.get(f"line-{line}") or 0 for line in self.lines}
        return {line: quantity for line, quantity in wanted.items() if quantity}


def restock_rows(asked: Return) -> list[tuple[int, str, int, int]]:
    """Return the rows of UnitsForm for a return that came: what is damaged is not sold again."""
    whole = asked.reason != Return.Reason.DAMAGED
    return [
        (line.order_line_id, line.order_line.name, line.quantity, line.quantity if whole else 0)
        for line in asked.lines.all()
    ]
