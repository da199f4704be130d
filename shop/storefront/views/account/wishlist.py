"""Products that a customer wants to find again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shop.catalog.models import Product
from shop.catalog.queries.addresses import product_address
from shop.catalog.queries.cards import chosen_product_cards
from shop.catalog.queries.only_variant import only_variants
from shop.core.errors import ShopError
from shop.customers import actions
from shop.customers.queries import wished_product_ids
from shop.storefront.views.account.own_page import own_page, show

WISH = "wish"


@own_page
def account_wishlist(request: HttpRequest) -> HttpResponse:
    """Show what the customer wished for and can be had."""
    cards = chosen_product_cards(wished_product_ids(request.user))
    skus = only_variants([card["id"] for card in cards])
    return show(
        request,
        "wishlist",
        _("Your wishlist"),
        wishes=[
            {
                "card": card,
                "sku": "" if card["stock_state"] == "out" else skus.get(card["id"], ""),
                "remove_url": reverse("wishlist-remove", args=[card["id"]]),
            }
            for card in cards
        ],
        add_url=reverse("cart-add"),
    )


@require_POST
def add(request: HttpRequest, product_id: int) -> HttpResponse:
    """Put a product on the wishlist; who has to sign in first finds it there afterwards."""
    product = get_object_or_404(Product.objects.live(), pk=product_id)
    page = product_address(product.slug)
    if not request.user.is_authenticated:
        request.session[WISH] = product_id
        messages.info(request, _("Sign in, and %s is on your wishlist.") % product.name)
        return redirect(f"{reverse('account_login')}?{urlencode({'next': page})}")
    try:
        actions.add_wish(request.user, product_id)
    except ShopError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("%s is on your wishlist.") % product.name)
    return redirect(page)


def keep_wish(request: HttpRequest) -> None:
    """Put on the wishlist what its owner wished for before signing in."""
    product_id = request.session.pop(WISH, None)
    if product_id is None:
        return
    try:
        wish = actions.add_wish(request.user, product_id)
    except ShopError as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("%s is on your wishlist.") % wish.product.name)


@own_page
@require_POST
def remove(request: HttpRequest, product_id: int) -> HttpResponse:
    """Take a product off the wishlist, and stay where the button was."""
    actions.remove_wish(request.user, product_id)
    messages.success(request, _("It is off your wishlist."))
    product = Product.objects.live().filter(pk=product_id).first()
    if product is not None and request.POST.get("from") == "product":
        return redirect(product_address(product.slug))
    return redirect("account-wishlist")
