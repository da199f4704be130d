"""Forms of the shop's pages: they collect words, the domain judges them."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from shop.core.errors import ShopError
from shop.customers.models import Address, Consent
from shop.pricing.regions import COUNTIES

PLACE = ("county", "area", "landmark")


class ShopForm(forms.Form):
    """A form that shows what the domain refuses."""

    def add_refusal(self, refusal: ShopError) -> None:
        """Show the domain's refusal beside the fields it is about."""
        for problem in refusal.details or [{"field": refusal.field, "message": refusal.message}]:
            field = problem.get("field")
            self.add_error(field if field in self.fields else None, problem["message"])


class LongSelect(forms.Select):
    """A choice of many, written at once: Django renders a template or two for each option."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (option, mark_safe(" selected" if str(option) in chosen else ""), label)
                for option, label in self.choices
            ),
        )
        drawn = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        return format_html("<select{}>{}</select>", drawn, options)


def county_field(*, required: bool) -> forms.ChoiceField:
    """Return the choice of a county."""
    return forms.ChoiceField(
        label=_("County"),
        required=required,
        choices=[("", _("Choose your county")), *((name, name) for name in COUNTIES)],
        widget=LongSelect({"autocomplete": "address-level1"}),
    )


def area_field() -> forms.CharField:
    """Return the field for the part of a county."""
    return forms.CharField(
        label=_("Area or estate"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"autocomplete": "address-level2"}),
    )


def landmark_field() -> forms.CharField:
    """Return the field for what a rider looks for."""
    return forms.CharField(
        label=_("Landmark, building, gate"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )


def phone_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    """Return the field for a phone number."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=40,
        help_text=help_text,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )


class CheckoutForm(ShopForm):
    """Everything an order needs, on one page."""

    checkout_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    phone = phone_field(_("Phone"), _("The rider calls this number. For example 0712 345 678."))
    email = forms.CharField(
        label=_("Email"),
        required=False,
        max_length=254,
        widget=forms.TextInput({"type": "email", "autocomplete": "email"}),
    )
    buyer_pin = forms.CharField(
        label=_("KRA PIN for the invoice"),
        required=False,
        max_length=30,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )
    address = forms.ChoiceField(
        label=_("A place you know"), required=False, widget=forms.RadioSelect
    )
    county = county_field(required=False)
    area = area_field()
    landmark = landmark_field()
    save_address = forms.BooleanField(label=_("Keep this place in my address book"), required=False)
    delivery_method = forms.CharField(
        label=_("Delivery"),
        max_length=50,
        error_messages={"required": _("Choose how it should reach you.")},
    )
    payment_method = forms.CharField(label=_("Payment"), required=False, max_length=30)
    payment_phone = phone_field(
        _("M-Pesa number"),
        _("The request to pay goes to this phone. Leave it empty for the number above."),
        required=False,
    )
    notes = forms.CharField(
        label=_("Note for the shop"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
    notify_sms = forms.BooleanField(
        label=_("Tell me by SMS how far my order is"), required=False, initial=True
    )
    notify_email = forms.BooleanField(
        label=_("And by email, if I gave one"), required=False, initial=True
    )

    def __init__(self, *args: Any, addresses: Iterable[Address] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.addresses = {str(address.pk): address for address in addresses}
        field = cast(forms.ChoiceField, self.fields["address"])
        field.choices = [
            *((pk, address.label or str(address)) for pk, address in self.addresses.items()),
            ("", _("Somewhere else")),
        ]

    def region(self, values: Mapping[str, Any]) -> str:
        """Return the county of the place that these values choose."""
        known = self.addresses.get(values.get("address", ""))
        return known.county if known else values.get("county", "")

    def clean(self) -> dict[str, Any]:
        """Let a known place stand for its words."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        known = self.addresses.get(data.get("address", ""))
        if known is not None:
            data |= {name: getattr(known, name) for name in PLACE}
        return data


class PayForm(ShopForm):
    """Which phone shall be asked for the money; other ways need none."""

    method = forms.CharField(max_length=30)
    phone = phone_field(_("M-Pesa number"), required=False)


class AddressForm(ShopForm):
    """A place of the address book."""

    label = forms.CharField(
        label=_("What do you call it?"),
        required=False,
        max_length=40,
        help_text=_("Home, office, Mum ..."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    county = county_field(required=True)
    area = area_field()
    landmark = landmark_field()
    is_default = forms.BooleanField(label=_("Offer it first at the checkout"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A place that came from elsewhere may lie outside the list; it stays what it is.
        county = self.initial.get("county", "")
        field = cast(forms.ChoiceField, self.fields["county"])
        if county and county not in COUNTIES:
            field.choices = [*cast(list[tuple[str, str]], field.choices), (county, county)]


class NameForm(ShopForm):
    """How the shop calls a customer."""

    first_name = forms.CharField(
        label=_("First name"),
        required=False,
        max_length=150,
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        required=False,
        max_length=150,
        widget=forms.TextInput({"autocomplete": "family-name"}),
    )


class ConsentForm(forms.Form):
    """A tick for each thing the shop may write; offers are a question of their own."""

    order_sms = forms.BooleanField(label=Consent.Purpose.ORDER_SMS.label, required=False)
    order_email = forms.BooleanField(label=Consent.Purpose.ORDER_EMAIL.label, required=False)
    marketing_sms = forms.BooleanField(label=Consent.Purpose.MARKETING_SMS.label, required=False)
    marketing_email = forms.BooleanField(
        label=Consent.Purpose.MARKETING_EMAIL.label, required=False
    )


class LeaveForm(forms.Form):
    """The word that nobody types by accident."""

    confirm = forms.CharField(
        label=_("Type the word delete"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )

    def clean_confirm(self) -> str:
        """Refuse any other word."""
        word: str = self.cleaned_data["confirm"].strip().casefold()
        if word != "delete":
            raise forms.ValidationError(_("To delete your account, type the word delete."))
        return word
