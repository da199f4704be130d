"""Keep the index of words true."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from search.index import index
from search.index.documents import Document, read_documents
from search.models import SpellingKey
from search.rules import can_be_misspelt, spelling_keys, words_of
from shop.catalog.models import Product

CHUNK = 1_000


def index_products(product_ids: Iterable[int]) -> None:
    """Write the words of these products; what shoppers may not see is taken out."""
    ids = sorted(set(product_ids))
    for start in range(0, len(ids), CHUNK):
        with transaction.atomic():
            part = ids[start : start + CHUNK]
            documents = read_documents(part)
            visible = {document.product_id for document in documents}
            index().remove([pk for pk in part if pk not in visible])
            index().put(documents)
            learn_words(documents)


def learn_words(documents: Sequence[Document]) -> None:
    """Remember the words of names and brands, so that a slip in them can be corrected."""
    words = {
        word
        for document in documents
        for word in words_of(f"{document.name} {document.codes}")
        if can_be_misspelt(word)
    }
    words -= set(
        SpellingKey.objects.filter(word__among=words).values_list("word", flat=True).distinct()
    )
    SpellingKey.objects.bulk_create(
        [SpellingKey(key=key, word=word) for word in sorted(words) for key in spelling_keys(word)],
        ignore_conflicts=True,
        batch_size=2_000,
    )


def rebuild() -> int:
    """Write the whole index anew; returns how many products were read."""
    SpellingKey.objects.all().delete()
    ids = list(Product.objects.order_by("pk").values_list("pk", flat=True))
    index_products(ids)
    return len(ids)
