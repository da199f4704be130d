"""What the product form refuses, and in which words."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.forms import ModelForm
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from shop.backoffice.amounts import refuse_negative
from shop.catalog.models import Product, Variant
from shop.catalog.rules import sku_key


class ProductForm(WagtailAdminModelForm):
    """The whole product with its variants, pictures, categories and facts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].error_messages["unique"] = _(
                "Another product has this address already."
            )
        refuse_negative(self, "price", "sale_price")
        if "variants" in self.formsets:
            for form in self.formsets["variants"].forms:
                refuse_negative(form, "price", "sale_price")
                form.fields["weight"].validators.append(
                    MinValueValidator(0, _("A weight cannot be negative."))
                )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "variants" in self.formsets:
            forms = self._variant_forms()
            for form in forms:
                self._clean_prices(form, cleaned.get("price"))
            self._clean_options(forms)
            self._clean_skus(forms, cleaned)
        return cleaned

    def _variant_forms(self) -> list[ModelForm]:
        formset = self.formsets["variants"]
        deleted = set(map(id, formset.deleted_forms)) if formset.can_delete else set()
        return [form for form in formset.forms if id(form) not in deleted and form.is_valid()]

    def _clean_prices(self, form: ModelForm, product_price: Decimal | None) -> None:
        own = form.cleaned_data.get("price")
        difference = form.cleaned_data.get("price_difference")
        sale = form.cleaned_data.get("sale_price")
        if own is not None and difference is not None:
            form.add_error("price_difference", _("Give an own price or a difference, not both."))
            return
        base = own
        if own is None and product_price is not None:
            base = product_price + (difference or 0)
            if base < 0:
                form.add_error("price_difference", _("The price would be below zero."))
                return
        if sale is not None and base is not None and sale >= base:
            form.add_error("sale_price", _("The sale price must be lower than the price."))

    @staticmethod
    def _clean_options(forms: Iterable[ModelForm]) -> None:
        seen: set[tuple[tuple[str, str], ...]] = set()
        for form in forms:
            options = form.cleaned_data.get("options") or {}
            key = tuple(sorted((name.casefold(), str(v).casefold()) for name, v in options.items()))
            if key and key in seen:
                form.add_error("options", _("Another variant has these options already."))
            seen.add(key)

    def _clean_skus(self, forms: list[ModelForm], cleaned: dict[str, Any]) -> None:
        """Find SKUs that are given twice, here or in another product, whatever their case."""
        sku = (cleaned.get("sku") or "").strip()
        wanted: dict[str, tuple[ModelForm, str]] = {}
        for number, form in enumerate(forms, start=1):
            name = self._final_sku(form, sku, number, alone=len(forms) == 1)
            if not name:
                continue
            if len(name) > 64:
                form.add_error("sku", _("A SKU has 64 characters at most."))
            elif sku_key(name) in wanted:
                form.add_error("sku", _("Two variants here have the SKU “%s”.") % name)
            wanted[sku_key(name)] = (form, name)
        if sku and not forms:
            wanted[sku_key(sku)] = (self, sku)
        taken = (
            Variant.objects.filter(sku_key__in=wanted)
            .exclude(product_id=self.instance.pk)
            .select_related("product")
        )
        for variant in taken:
            form, name = wanted[variant.sku_key]
            form.add_error(
                "sku",
                _("The SKU “%(sku)s” belongs to “%(product)s” already.")
                % {"sku": name, "product": variant.product},
            )

    @staticmethod
    def _final_sku(form: ModelForm, product_sku: str, number: int, *, alone: bool) -> str:
        """Return the SKU that saving will give this variant; empty if it makes a fresh one."""
        own = (form.cleaned_data.get("sku") or "").strip()
        if own or not product_sku:
            return own
        if alone and not form.cleaned_data.get("options"):
            return product_sku
        return f"{product_sku}-{number}"


def free_sku(base: str) -> str:
    """Return `base` followed by the lowest number that no product and no variant has."""
    taken = set(
        Variant.objects.filter(sku_key__startswith=sku_key(base)).values_list("sku_key", flat=True)
    ) | set(
        Product.objects.filter(sku_key__startswith=sku_key(base)).values_list("sku_key", flat=True)
    )
    number = 2
    while sku_key(f"{base}-{number}") in taken:
        number += 1
    return f"{base}-{number}"
