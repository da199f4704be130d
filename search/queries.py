"""Find products, categories and pages by words."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from wagtail.models import Page

from search.index import index
from search.models import SpellingKey
from search.rules import can_be_misspelt, fold, nearest, query_words, spelling_keys
from shop.catalog.models import CategoryPage, Product
from shop.catalog.rules import sku_key

MOST_FOUND = 1_000
MOST_TRIED = 6


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: product numbers, best first, and the words it was corrected to."""

    product_ids: list[int]
    corrected: str = ""


def find_products(text: str, *, limit: int = MOST_FOUND) -> Found:
    """Return visible products for what somebody typed: an exact SKU first, then all words.

    Finding nothing, it corrects one slip a word and says so.
    """
    words = query_words(text)
    if not words:
        return Found([])
    exact = list(
        Product.objects.live()
        .filter(Q(sku_key=sku_key(text[:64])) | Q(variants__sku_key=sku_key(text[:64])))
        .values_list("pk", flat=True)
        .distinct()[:2]
    )
    found = [*exact, *(pk for pk in index().find(words, limit=limit) if pk not in exact)]
    if found:
        return Found(found)
    for corrected in corrections(words):
        found = index().find(corrected, limit=limit)
        if found:
            return Found(found, " ".join(corrected))
    return Found([])


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


def find_categories(text: str, *, limit: int = 4) -> list[dict[str, Any]]:
    """Return live categories whose name holds the words: title, address."""
    return _pages(CategoryPage.objects.live(), text, limit)


def find_pages(text: str, *, limit: int = 4) -> list[dict[str, Any]]:
    """Return live pages of words whose title holds the words: title, address."""
    others = Page.objects.live().public().filter(depth__gt=2).not_type(CategoryPage)
    return _pages(others, text, limit)


def _pages(pages: Any, text: str, limit: int) -> list[dict[str, Any]]:
    words = [word for word in fold(text[:200]).split() if len(word) > 1][:4]
    if not words:
        return []
    for word in words:
        pages = pages.filter(title__icontains=word)
    return [
        {"title": page.title, "url": page.url} for page in pages.order_by("depth", "title")[:limit]
    ]
