"""Forms of the shop's pages: they collect words, the domain judges them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.core.errors import ShopError
from shop.customers.models import User
from shop.pricing.regions import COUNTIES


class CheckoutForm(forms.Form):
    """Everything an order needs, on one page."""

    checkout_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        help_text=_("The rider calls this number. For example 0712 345 678."),
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.CharField(
        label=_("Email"),
        required=False,
        max_length=254,
        widget=forms.TextInput({"type": "email", "autocomplete": "email"}),
    )
    county = forms.ChoiceField(
        label=_("County"),
        required=False,
        choices=[("", _("Choose your county")), *((name, name) for name in COUNTIES)],
        widget=forms.Select({"autocomplete": "address-level1"}),
    )
    area = forms.CharField(
        label=_("Area or estate"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"autocomplete": "address-level2"}),
    )
    landmark = forms.CharField(
        label=_("Landmark, building, gate"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )
    delivery_method = forms.CharField(
        label=_("Delivery"),
        max_length=50,
        error_messages={"required": _("Choose how it should reach you.")},
    )
    payment_method = forms.CharField(label=_("Payment"), required=False, max_length=30)
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

    def add_refusal(self, refusal: ShopError) -> None:
        """Show the domain's refusal beside the fields it is about."""
        for problem in refusal.details or [{"field": refusal.field, "message": refusal.message}]:
            field = problem.get("field")
            self.add_error(field if field in self.fields else None, problem["message"])


class ProfileForm(forms.ModelForm[User]):
    """What a customer may change about the account."""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "phone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].help_text = _("For example 0712 345 678.")
