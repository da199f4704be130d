"""Find products, categories and pages by words."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page, PageViewRestriction

from search import engine
from search.index import index
from search.models import SpellingKey
from search.rules import can_be_misspelt, fold, nearest, query_words, spelling_keys
from shop.catalog.changes import while_unchanged
from shop.catalog.models import Product, Variant
from shop.catalog.queries.addresses import page_address
from shop.catalog.rules import sku_key
from shop.core.statements import Statement

# Nobody reads further; ranking and counting more would cost as much as the shop is large.
MOST_FOUND = 240
MOST_TRIED = 6
MOST_PAGES = 40
# Titles of so many pages fit into a process; of more, the database is asked each time.
MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: product numbers, best first, and the words it was corrected to."""

    product_ids: list[int]
    corrected: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A category or a page of words whose title fits."""

    title: str
    url: str
    is_category: bool


def find_products(text: str, *, limit: int = MOST_FOUND) -> Found:
    """Return visible products for what somebody typed: an exact SKU first, then all words.

    Finding nothing, it corrects one slip a word and says so. `more` tells that the limit was met.
    """
    words = query_words(text)
    if not words:
        return Found([])
    exact = with_sku(text)
    # Whoever typed a whole number needs none that begin like it.
    others = _with_words(words, limit, beginnings=not exact)
    found = [*exact, *(pk for pk in others if pk not in exact)]
    if found:
        return Found(found, more=len(found) >= limit)
    for corrected in corrections(words):
        found = _with_words(corrected, limit)
        if found:
            return Found(found, " ".join(corrected), more=len(found) >= limit)
    return Found([])


def _with_words(words: list[str], limit: int, *, beginnings: bool = True) -> list[int]:
    found = engine.find(words, limit=limit)
    if found is None:
        found = index().find(words, limit=limit, beginnings=beginnings)
    return found


def with_sku(text: str) -> list[int]:
    """Return visible products that carry exactly this SKU, themselves or as a variant."""
    ids = [pk for (pk,) in _WITH_SKU.rows(sku_key(text[:64]))]
    return (
        list(Product.objects.live().filter(pk__in=ids).values_list("pk", flat=True)) if ids else []
    )


def _bearers(key: str) -> QuerySet[Variant, Any]:
    variants = Variant.objects.filter(sku_key=key).order_by().values_list("product_id")
    return variants.union(Product.objects.filter(sku_key=key).values_list("pk"))


_WITH_SKU = Statement(_bearers)


def corrections(words: list[str]) -> list[list[str]]:
    """Return the query with each misspelt word replaced by known ones, likeliest first."""
    asked = {word: spelling_keys(word) for word in words if can_be_misspelt(word)}
    keys = {key for keys in asked.values() for key in keys}
    if not keys:
        return []
    rows = list(SpellingKey.objects.filter(key__in=keys).values_list("key", "word")[:2_000])
    tries: list[list[str]] = [[]]
    for word in words:
        candidates = {known for key, known in rows if key in asked.get(word, ())}
        choices = [word] if word in candidates or not candidates else nearest(word, candidates)[:3]
        tries = [[*before, choice] for before in tries for choice in choices][:MOST_TRIED]
    return [corrected for corrected in tries if corrected != words]


@dataclass(frozen=True, slots=True)
class _Title:
    folded: str
    page: FoundPage


def find_pages(text: str) -> list[FoundPage]:
    """Return public pages whose title holds all words, those nearest to the top first."""
    words = [word for word in fold(text[:200]).split() if len(word) > 1][:4]
    if not words:
        return []
    titles = _public_titles()
    if titles is None:
        titles = _read_titles(Q(*(("title__icontains", word) for word in words)))
    for word in words:
        titles = [each for each in titles if word in each.folded]
    return [each.page for each in titles[:MOST_PAGES]]


@while_unchanged
def _public_titles() -> list[_Title] | None:
    """Return the titles of all public pages, or None if they are too many to keep."""
    return None if _titled_pages().count() > MOST_KEPT else _read_titles(Q())


def _titled_pages() -> QuerySet[Page]:
    return Page.objects.filter(live=True, depth__gt=2)


def _read_titles(fitting: Q) -> list[_Title]:
    # Tree paths of pages that not everybody may see; all below them is as private.
    private = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    rows = _titled_pages().filter(fitting).order_by("depth", "title")
    return [
        _Title(fold(title), FoundPage(title, page_address(url_path), category is not None))
        for title, url_path, path, category in rows.values_list(
            "title", "url_path", "path", "categorypage__pk"
        )
        if not (private and path.startswith(private))
    ]
