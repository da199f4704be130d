"""Keep lists of orders under a name, one's own and those that all share."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlencode

from django.db.models import Q, QuerySet

from shop.core.errors import NotFound, ShopError
from shop.orders.models import SavedView

MOST = 20
# What says where one is in a list, not which list it is.
PLACE_IN_IT = frozenset({"p", "o", "export", "chosen"})


def views_for(user: Any) -> QuerySet[SavedView]:
    """Return one's own lists and those that others share, by name."""
    return SavedView.objects.filter(Q(owner=user) | Q(shared=True)).order_by("name", "pk")


def keep_view(*, owner: Any, name: str, query: str, shared: bool = False) -> SavedView:
    """Keep what a list's address asks for; a name that one has already is given anew.

    Raises ShopError `name_missing`, `nothing_to_keep` or `too_many_views`.
    """
    name = " ".join(name.split())[:60]
    if not name:
        raise ShopError("name_missing", "Give the list a name.", field="name")
    words = [(key, value) for key, value in parse_qsl(query) if key not in PLACE_IN_IT]
    kept = urlencode(sorted(words))
    if not kept or len(kept) > 500:
        raise ShopError("nothing_to_keep", "Search or filter first; then the list can be kept.")
    mine = SavedView.objects.filter(owner=owner)
    if mine.count() >= MOST and not mine.filter(name=name).exists():
        raise ShopError("too_many_views", f"At most {MOST} lists; remove one first.")
    view, _new = SavedView.objects.update_or_create(
        owner=owner, name=name, defaults={"query": kept, "shared": shared}
    )
    return view


def forget_views_naming(words: Iterable[str]) -> None:
    """Remove lists that search for somebody's email or phone, however it is written."""
    found = [
        (pk, unquote_plus(query).casefold())
        for pk, query in SavedView.objects.values_list("pk", "query")
    ]
    for word in words:
        if word.lstrip("+").isdecimal():  # a phone, with or without its country, in any groups
            gone = [pk for pk, text in found if word[-9:] in "".join(filter(str.isdecimal, text))]
        else:
            gone = [pk for pk, text in found if word.casefold() in text]
        SavedView.objects.filter(pk__in=gone).delete()


def forget_view(*, owner: Any, view_id: int) -> None:
    """Remove one of one's own lists. Raises NotFound."""
    gone, _by_model = SavedView.objects.filter(owner=owner, pk=view_id).delete()
    if not gone:
        raise NotFound("unknown_view", "This list is gone, or somebody else's.")
