"""What a move, a rename or the end of a category would change, told before it is done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page

from shop.backoffice.categories.screen import category, header, may_see
from shop.catalog.models import CategoryPage
from shop.catalog.queries.tree_changes import TreeChange, leaving, tree_change

# More places to choose from than this make no list to read; the page tree moves further.
MOST_PLACES = 1_000


@may_see
def category_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what another place or another address would bring."""
    page = category(pk)
    parent = _parent(page, request.GET.get("to", ""))
    slug = slugify(request.GET.get("slug", "")[:255]) or page.slug
    change = tree_change(page, parent, slug)
    moved = parent.pk != _own_parent(page).pk
    rights = page.permissions_for_user(request.user)
    return render(
        request,
        "backoffice/categories/change.html",
        {
            "page": page,
            "parent": parent,
            "slug": slug,
            "change": change,
            "moved": moved,
            "renamed": slug != page.slug,
            "may_move": moved and slug == page.slug and rights.can_move_to(parent),
            "may_edit": rights.can_edit(),
            "places": _places(page),
            "taken": _taken(page, parent, slug),
            **header(_("What would change: %s") % page.title, page.title),
        },
    )


def _own_parent(page: CategoryPage) -> Page:
    parent: Page = page.get_parent()
    return parent


def _parent(page: CategoryPage, wish: str) -> Page:
    if wish.isdecimal() and len(wish) < 10:
        found = CategoryPage.objects.filter(pk=int(wish)).first()
        if found is not None and not found.path.startswith(page.path):
            return found
    return _own_parent(page)


def _places(page: CategoryPage) -> list[tuple[int, str]]:
    rows = CategoryPage.objects.order_by("path").values_list("pk", "path", "depth", "title")
    return [
        (pk, "\u2003" * (depth - 3) + title)
        for pk, path, depth, title in rows[:MOST_PLACES]
        if not path.startswith(page.path)
    ]


def _taken(page: CategoryPage, parent: Page, slug: str) -> bool:
    return bool(parent.get_children().exclude(pk=page.pk).filter(slug=slug).exists())


def tell_before_move(request: HttpRequest, page: Page, destination: Page) -> None:
    """Say above Wagtail's question what the move will change (a hook of Wagtail)."""
    if request.method != "GET" or not isinstance(page.specific, CategoryPage):
        return
    own: CategoryPage = page.specific
    if destination.path.startswith(own.path):
        return
    change = tree_change(own, destination, own.slug)
    url = f"{reverse('category_change', args=[page.pk])}?to={destination.pk}"
    messages.info(request, in_short(change), buttons=[messages.button(url, _("All that changes"))])


def in_short(change: TreeChange) -> str:
    """Say in one line what a change brings."""
    pages = ngettext(
        "%(pages)d page gets a new address", "%(pages)d pages get new addresses", change.pages
    )
    products = ngettext(
        "%(products)d product comes along", "%(products)d products come along", change.products
    )
    words = {"pages": change.pages, "products": change.products}
    first = _("%(pages)s (%(before)s becomes %(after)s); the old ones lead on.") % {
        "pages": pages % words,
        "before": change.before,
        "after": change.after,
    }
    return f"{first} {products % words}."


def tell_before_delete(request: HttpRequest, page: Page) -> None:
    """Say above Wagtail's question where the products go (a hook of Wagtail)."""
    if request.method == "GET" and isinstance(page.specific, CategoryPage):
        text = where_products_go(page.specific)
        messages.warning(request, text)


def where_products_go(page: CategoryPage) -> str:
    """Say how many products a category leaves, and where they go."""
    left: Any = leaving(page)
    if not left.products:
        return _("No product is in this category; nothing changes for any.")
    said = [
        ngettext(
            "%d product is in this category or below it.",
            "%d products are in this category or below it.",
            left.products,
        )
        % left.products
    ]
    if left.products > left.orphans:
        others = left.products - left.orphans
        said.append(
            ngettext(
                "%d of them stays in its other categories.",
                "%d of them stay in their other categories.",
                others,
            )
            % others
        )
    if left.orphans and left.heir:
        said.append(
            ngettext(
                "%(count)d is in no other and goes to “%(heir)s”.",
                "%(count)d are in no other and go to “%(heir)s”.",
                left.orphans,
            )
            % {"count": left.orphans, "heir": left.heir}
        )
    elif left.orphans:
        said.append(
            ngettext(
                "%d is in no other: it stays for sale, but in no category.",
                "%d are in no other: they stay for sale, but in no category.",
                left.orphans,
            )
            % left.orphans
        )
    return " ".join(said)
