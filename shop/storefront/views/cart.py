"""The cart: look, put in, change, take out."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shop.cart import actions
from shop.cart.actions import TooMany
from shop.cart.queries import Contents, Line
from shop.catalog.models import Variant, with_live_product
from shop.catalog.queries.cards import featured_product_cards
from shop.catalog.queries.variant_pictures import variant_pictures
from shop.catalog.rules import sku_key
from shop.core.errors import ShopError
from shop.core.money import display
from shop.storefront.basket import contents_of, current_cart, own_cart
from shop.storefront.sums import line_cuts, reduction_rows, voucher_box
from shop.storefront.vouchers import try_voucher

TYPED = "typed_voucher"


@require_GET
@never_cache
def show_cart(request: HttpRequest) -> HttpResponse:
    """Show what is in the cart at today's prices, and what changed since it was put in."""
    contents = contents_of(request)
    full = contents is not None and bool(contents.lines)
    typed = request.session.pop(TYPED, "")
    return render(
        request,
        "storefront/cart.html",
        {
            "cart": cart_context(contents, typed) if contents and full else {"lines": []},
            "suggestions": [] if full else featured_product_cards(limit=4),
            "meta": {"title": _("Your cart"), "robots": "noindex"},
        },
    )


def cart_context(contents: Contents, typed: str = "") -> dict[str, Any]:
    """Say a cart in words and finished prices, as the template wants it."""
    pictures = variant_pictures(list(contents.demand))
    return {
        "lines": [line_context(line, pictures) for line in contents.lines],
        "count": contents.count,
        "count_label": count_label(contents.count),
        "subtotal": display(contents.subtotal),
        "reductions": reduction_rows(
            (each.kind, each.name, each.amount) for each in contents.goods.reductions
        ),
        "total": display(contents.total),
        "voucher": voucher_box(contents.goods.voucher, typed=typed),
        "voucher_url": reverse("cart-voucher"),
        "can_checkout": contents.can_be_ordered,
        "checkout_url": reverse("checkout"),
    }


def count_label(count: int) -> str:
    """Say how many things there are."""
    return ngettext("%(count)d item", "%(count)d items", count) % {"count": count}


def line_context(line: Line, pictures: dict[int, Any]) -> dict[str, Any]:
    """Say one line in words and finished prices."""
    row, now = line.line, line.now
    limit = actions.MAX_UNITS if line.available is None else min(actions.MAX_UNITS, line.available)
    context = {
        "id": row.pk,
        "name": row.name,
        "gone": line.gone,
        "quantity": row.quantity,
        "max_quantity": max(limit, 1),
        "notices": line_notices(line),
        "update_url": reverse("cart-line", args=[row.pk]),
        "remove_url": reverse("cart-line-remove", args=[row.pk]),
    }
    if now is not None:
        changed = line.price_changed
        context |= {
            "name": now.name,
            "options": now.options,
            "url": variant_address(now.slug, now.sku),
            "picture": pictures.get(now.variant_id),
            "unit_price": display(now.unit_price),
            "previous_price": display(row.price_when_added) if changed else "",
            "line_total": display(now.total),
            **line_cuts(now),
        }
    return context


def variant_address(slug: str, sku: str) -> str:
    """Return the address of a product's page with this variant chosen."""
    return f"{reverse('product', args=[slug])}?{urlencode({'variant': sku})}"


def line_notices(line: Line) -> list[dict[str, str]]:
    """Tell what changed since the line was put in."""
    if line.gone:
        return [{"tone": "warning", "text": _("This is no longer for sale.")}]
    notices = []
    if line.now is not None and line.price_changed:
        tone, text = (
            ("info", _("The price fell to %s."))
            if line.now.unit_price < line.line.price_when_added
            else ("warning", _("The price rose to %s."))
        )
        notices.append({"tone": tone, "text": text % display(line.now.unit_price)})
    if line.too_many:
        left = max(line.available or 0, 0)
        text = _("Only %d left; please take fewer.") % left if left else _("Sold out meanwhile.")
        notices.append({"tone": "warning", "text": text})
    return notices


@require_POST
def add_to_cart(request: HttpRequest) -> HttpResponse:
    """Put units of a variant (by SKU) into the cart, then show it."""
    wanted = sku_key(request.POST.get("variant", "").replace("\x00", ""))
    # A draft's address is nobody's to know, so only what is for sale is found.
    variant = (
        with_live_product(Variant.objects.select_related("product")).filter(sku_key=wanted).first()
    )
    quantity = read_quantity(request, default=1)
    back = reverse("cart")
    try:
        if variant is None:
            raise actions.NotForSale
        back = variant_address(variant.product.slug, variant.sku)
        line = actions.add_line(cart=own_cart(request), variant_id=variant.pk, quantity=quantity)
    except ShopError as refusal:
        messages.error(request, refusal.message)
        return redirect(back)
    messages.success(request, _("%s is in your cart.") % line.name)
    return redirect("cart")


@require_POST
def change_line(request: HttpRequest, line_id: int) -> HttpResponse:
    """Change how many units a line has; 0 takes it out."""
    cart = current_cart(request)
    if cart is not None:
        try:
            actions.set_quantity(
                cart=cart, line_id=line_id, quantity=read_quantity(request, default=-1)
            )
        except TooMany as refusal:
            messages.warning(request, refusal.message)
            if refusal.available:
                actions.set_quantity(cart=cart, line_id=line_id, quantity=refusal.available)
        except ShopError as refusal:
            messages.error(request, refusal.message)
    return redirect("cart")


@require_POST
def remove_line(request: HttpRequest, line_id: int) -> HttpResponseRedirect:
    """Take a line out."""
    cart = current_cart(request)
    if cart is not None:
        actions.remove_line(cart=cart, line_id=line_id)
    return HttpResponseRedirect(reverse("cart"))


@require_POST
def change_voucher(request: HttpRequest) -> HttpResponseRedirect:
    """Apply the voucher that was typed, or take the cart's off."""
    cart = current_cart(request)
    code = request.POST.get("voucher", "").strip()
    if cart is not None:
        try:
            if request.POST.get("action") == "remove_voucher":
                actions.remove_voucher(cart=cart)
            else:
                try_voucher(request, cart, code)
                messages.success(request, _("The voucher counts."))
        except ShopError as refusal:
            messages.error(request, refusal.message)
            request.session[TYPED] = code[: actions.MAX_CODE]
    return HttpResponseRedirect(reverse("cart"))


def read_quantity(request: HttpRequest, *, default: int) -> int:
    """Read a posted number of units; what is no number counts as out of range."""
    text = request.POST.get("quantity", "").strip()
    if not text:
        return default
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
