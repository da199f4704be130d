"""The form on which staff write what a caller wants: whom for, what, whereto, how paid."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from shop.core.errors import ShopError
from shop.orders.contact import LIMITS, Contact, Place
from shop.orders.models import Order
from shop.payments.gateways import offered
from shop.pricing.models import DeliveryMethod, PickupPoint
from shop.pricing.regions import COUNTIES

UNITS = "units-"
MOST_UNITS = 9_999


def units_in(sent: QueryDict) -> dict[int, int]:
    """Return the units by variant that a form names, in its order; those of 0 are left out."""
    units: dict[int, int] = {}
    for name in sent:
        variant_id = name.removeprefix(UNITS)
        if name != variant_id and variant_id.isdecimal() and len(variant_id) < 19:
            text = str(sent[name]).strip()
            quantity = int(text) if text.isdecimal() and len(text) < 6 else 0
            if quantity:
                units[int(variant_id)] = min(quantity, MOST_UNITS)
    return units


class DeskForm(forms.Form):
    """Whom an order is for and where it goes; the domain judges the words."""

    name = forms.CharField(label=_("Name"), required=False, max_length=LIMITS["name"])
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=40,
        help_text=_("Written in any way: 0712 345 678"),
        widget=forms.TextInput({"type": "tel", "autocomplete": "off"}),
    )
    email = forms.CharField(label=_("Email"), required=False, max_length=LIMITS["email"])
    buyer_pin = forms.CharField(label=_("KRA PIN for the invoice"), required=False, max_length=30)
    delivery_method = forms.ChoiceField(label=_("Delivery"), required=False)
    pickup_point = forms.ChoiceField(label=_("Pickup point"), required=False)
    county = forms.ChoiceField(label=_("County"), required=False)
    area = forms.CharField(label=_("Area or estate"), required=False, max_length=LIMITS["area"])
    landmark = forms.CharField(
        label=_("Landmark, building, gate"), required=False, max_length=LIMITS["landmark"]
    )
    voucher = forms.CharField(label=_("Voucher"), required=False, max_length=40)
    notes = forms.CharField(
        label=_("Note for the shop"),
        required=False,
        max_length=LIMITS["notes"],
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, known: Order | None = None, **kwargs: Any) -> None:
        """Offer what an order `known` has already, though it is offered to nobody else now."""
        super().__init__(*args, **kwargs)
        methods = dict(
            DeliveryMethod.objects.filter(active=True)
            .order_by("sort_order", "pk")
            .values_list("code", "name")
        )
        offered_points = PickupPoint.objects.filter(active=True).order_by("sort_order", "pk")
        rows = offered_points.values_list("pk", "name", "method__code")
        points = {str(pk): name for pk, name, _method in rows}
        self._method_of_point = {str(pk): method for pk, _name, method in rows}
        counties = list(COUNTIES)
        if known is not None:
            methods.setdefault(known.delivery_method, known.delivery_name)
            if known.county and known.county not in counties:
                counties.insert(0, known.county)
        self._offer("delivery_method", methods)
        self._offer("county", {"": "", **{name: name for name in counties}})
        self._offer("pickup_point", {"": "", **points})
        if not points:
            del self.fields["pickup_point"]

    def _offer(self, name: str, choices: dict[str, Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices.items())

    @property
    def words(self) -> dict[str, str]:
        """What stands in the form, judged or not."""
        if self.is_bound:
            return {name: str(self[name].value() or "") for name in self.fields}
        return {name: str(self.initial.get(name) or "") for name in self.fields}

    @property
    def contact(self) -> Contact:
        """Whom it is for."""
        words = self.words
        return Contact(words["name"], words["phone"], words["email"], words["buyer_pin"])

    @property
    def place(self) -> Place:
        """Where it goes."""
        words = self.words
        return Place(words["county"], words["area"], words["landmark"])

    @property
    def point(self) -> int | None:
        """Which of the chosen delivery's pickup points was chosen."""
        words = self.words
        chosen = words.get("pickup_point", "")
        fits = self._method_of_point.get(chosen) == words["delivery_method"]
        return int(chosen) if fits else None

    def add_refusal(self, refusal: ShopError) -> None:
        """Show the domain's refusal beside the fields it is about."""
        for problem in refusal.details or [{"field": refusal.field, "message": refusal.message}]:
            field = problem.get("field")
            text = str(problem.get("message") or refusal.message)
            self.add_error(str(field) if field in self.fields else None, text)


class CallerForm(DeskForm):
    """What else is asked of somebody who orders on the phone."""

    payment_method = forms.ChoiceField(label=_("Payment"), required=False)
    payment_phone = forms.CharField(
        label=_("M-Pesa number"),
        required=False,
        max_length=40,
        help_text=_("The request to pay goes to this phone; empty: to the number above"),
        widget=forms.TextInput({"type": "tel", "autocomplete": "off"}),
    )
    notify_sms = forms.BooleanField(label=_("Tell them by SMS"), required=False, initial=True)
    notify_email = forms.BooleanField(label=_("Tell them by email"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = offered()
        self._offer("payment_method", {code: way.label for code, way in ways.items()})
        if not any(way.asks_phone for way in ways.values()):
            del self.fields["payment_phone"]


class ChangeForm(DeskForm):
    """What else is asked before an order is changed."""

    tell = forms.BooleanField(
        label=_("Tell the customer of the change"), required=False, initial=True
    )
