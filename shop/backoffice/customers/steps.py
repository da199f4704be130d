"""What may be done with a customer: note, lock out, take out, delete."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.log_actions import LogActionRegistry, log

from shop.core.errors import ShopError
from shop.customers.actions import write_note
from shop.customers.models import User
from shop.flows.deactivate_customer import deactivate_customer, reactivate_customer
from shop.flows.erase_customer import erase_customer, refuse_erasing
from shop.flows.export_customer import export_customer
from shop.orders.rules import ORDER_RECORDS_KEPT

NOTED = "shop.customer_noted"
CLOSED = "shop.customer_closed"
OPENED = "shop.customer_opened"
EXPORTED = "shop.customer_exported"
ERASED = "shop.customer_erased"


def customer_page(person: User) -> str:
    """Return the address of a customer's screen."""
    return reverse("customers_modeladmin_inspect", args=[person.pk])


def _crumbs(person: User, label: str) -> list[dict[str, str]]:
    return [
        {"url": reverse("customers_modeladmin_index"), "label": _("Customers")},
        {"url": customer_page(person), "label": str(person)},
        {"url": "", "label": label},
    ]


@require_POST
@permission_required("customers.add_customernote", raise_exception=True)
def note(request: HttpRequest, user_id: int) -> HttpResponse:
    """Write a note for other staff."""
    person = get_object_or_404(User, pk=user_id)
    try:
        write_note(person, text=request.POST.get("text", ""), actor=str(request.user))
    except ShopError as error:
        messages.error(request, error.message)
    else:
        log(person, NOTED, user=request.user)
        messages.success(request, _("Noted."))
    return redirect(customer_page(person))


@permission_required("customers.deactivate_user", raise_exception=True)
def deactivate(request: HttpRequest, user_id: int) -> HttpResponse:
    """Ask whether an account shall be closed, or opened again; on POST, do it."""
    person = get_object_or_404(User, pk=user_id)
    closing = person.is_active
    if request.method == "POST":
        wish = request.POST.get("wish")
        try:
            with transaction.atomic():
                if wish == "close":
                    log(deactivate_customer(user_id=person.pk), CLOSED, user=request.user)
                else:
                    log(reactivate_customer(user_id=person.pk), OPENED, user=request.user)
        except ShopError as error:
            messages.error(request, error.message)
        else:
            done = _("The account is closed.") if wish == "close" else _("The account is open.")
            messages.success(request, done)
        return redirect(customer_page(person))
    title = _("Close the account") if closing else _("Open the account again")
    return render(
        request,
        "backoffice/customers/deactivate.html",
        {
            "person": person,
            "closing": closing,
            "page": customer_page(person),
            "header_title": title,
            "header_icon": "user",
            "breadcrumbs_items": _crumbs(person, title),
        },
    )


@require_POST
@permission_required("customers.export_user", raise_exception=True)
def export(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give everything the shop keeps about a customer as a file."""
    person = get_object_or_404(User, pk=user_id)
    kept = export_customer(person)
    log(person, EXPORTED, user=request.user)
    name = f"customer-{person.pk}-{localdate():%Y-%m-%d}.json"
    return JsonResponse(
        kept,
        json_dumps_params={"indent": 2, "ensure_ascii": False},
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


class EraseForm(forms.Form):
    """Nobody types this by accident."""

    word = forms.CharField(
        label=gettext_lazy("Type DELETE"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_word(self) -> str:
        """Refuse anything else."""
        word: str = self.cleaned_data["word"]
        if word.strip().upper() != "DELETE":
            raise forms.ValidationError(_("Type DELETE to go on."))
        return word


@permission_required("customers.erase_user", raise_exception=True)
def erase(request: HttpRequest, user_id: int) -> HttpResponse:
    """Say what goes and what stays; on POST with the word, delete the account."""
    person = get_object_or_404(User, pk=user_id)
    form = EraseForm(request.POST if request.method == "POST" else None)
    refusal = _refusal(person)
    if form.is_valid() and refusal is None:
        try:
            with transaction.atomic():
                # Who did it stays known; whom it was done to does not.
                log(request.user, ERASED, user=request.user, data={"account": person.pk})
                erase_customer(person)
        except ShopError as error:
            refusal = error
        else:
            messages.success(request, _("The account is deleted."))
            return redirect("customers_modeladmin_index")
    title = _("Delete the account")
    return render(
        request,
        "backoffice/customers/erase.html",
        {
            "person": person,
            "form": form,
            "refusal": refusal,
            "years": ORDER_RECORDS_KEPT,
            "page": customer_page(person),
            "header_title": title,
            "header_icon": "bin",
            "breadcrumbs_items": _crumbs(person, title),
        },
    )


def _refusal(person: Any) -> ShopError | None:
    try:
        refuse_erasing(person)
    except ShopError as refusal:
        return refusal
    return None


def log_customer_actions(actions: LogActionRegistry) -> None:
    """Name in the admin's log what staff did with customers."""
    actions.register_action(NOTED, _("Write a note about a customer"), _("Note written"))
    actions.register_action(CLOSED, _("Close a customer's account"), _("Account closed"))
    actions.register_action(OPENED, _("Open a customer's account"), _("Account opened again"))
    actions.register_action(EXPORTED, _("Take out a customer's data"), _("Data taken out"))
    actions.register_action(ERASED, _("Delete a customer's account"), _("Customer deleted"))


CUSTOMER_ADDRESSES: list[URLPattern] = [
    path("customers/<int:user_id>/note/", note, name="customer_note"),
    path("customers/<int:user_id>/deactivate/", deactivate, name="customer_deactivate"),
    path("customers/<int:user_id>/export/", export, name="customer_export"),
    path("customers/<int:user_id>/erase/", erase, name="customer_erase"),
]
