"""The address book: places that a customer has things brought to."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shop.core.errors import NotFound, ShopError
from shop.customers import actions
from shop.customers.models import Address
from shop.customers.queries import addresses_of
from shop.customers.rules import MOST_ADDRESSES
from shop.storefront.forms import AddressForm
from shop.storefront.views.account.own_page import own_page, show

WORDS = ("label", "county", "area", "landmark")


@own_page
def account_addresses(request: HttpRequest) -> HttpResponse:
    """Show the address book."""
    book = list(addresses_of(request.user))
    return show(
        request,
        "addresses",
        _("Your addresses"),
        addresses=book,
        full=len(book) >= MOST_ADDRESSES,
    )


@own_page
def account_address(request: HttpRequest, address_id: int | None = None) -> HttpResponse:
    """Write a new address, or change one."""
    book = addresses_of(request.user)
    address = get_object_or_404(book, pk=address_id) if address_id is not None else None
    form = AddressForm(request.POST or None, initial=_words_of(address))
    status = 200
    if request.method == "POST":
        if form.is_valid() and _saved(request, form, address_id):
            messages.success(request, _("The address is saved."))
            return redirect("account-addresses")
        status = 422
    return show(
        request,
        "address",
        _("Change an address") if address else _("A new address"),
        status,
        form=form,
        address=address,
    )


def _words_of(address: Address | None) -> dict[str, object]:
    if address is None:
        return {}
    return {name: getattr(address, name) for name in (*WORDS, "is_default")}


def _saved(request: HttpRequest, form: AddressForm, address_id: int | None) -> bool:
    try:
        actions.save_address(request.user, address_id=address_id, **form.cleaned_data)
    except ShopError as refusal:
        form.add_refusal(refusal)
        return False
    return True


@own_page
@require_POST
def make_default(request: HttpRequest, address_id: int) -> HttpResponse:
    """Let an address be the one that is offered first."""
    address = get_object_or_404(addresses_of(request.user), pk=address_id)
    words = {name: getattr(address, name) for name in WORDS}
    actions.save_address(request.user, address_id=address_id, is_default=True, **words)
    messages.success(request, _("This address is now offered first."))
    return redirect("account-addresses")


@own_page
@require_POST
def delete_address(request: HttpRequest, address_id: int) -> HttpResponse:
    """Take an address out of the book."""
    try:
        actions.delete_address(request.user, address_id)
    except NotFound as gone:
        raise Http404 from gone
    messages.success(request, _("The address is deleted."))
    return redirect("account-addresses")
