"""Keep the index of words true."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from search import engine
from search.index import index
from search.index.documents import Document, read_documents
from search.models import SpellingKey, UnsentDocument
from search.rules import can_be_misspelt, spelling_keys, words_of
from shop.catalog.models import Product
from shop.core.queue import enqueue_after_commit

CHUNK = 1_000
SENT_AT_ONCE = 500


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
            if engine.is_on():
                UnsentDocument.objects.bulk_create(UnsentDocument(product_id=pk) for pk in part)
    if ids and engine.is_on():
        enqueue_after_commit("search.tasks.send_words")


def send_words() -> int:
    """Tell the search server of all changes that wait; returns how many. Raises NoEngine."""
    sent = 0
    if not engine.is_on():
        return sent
    while rows := list(
        UnsentDocument.objects.order_by("pk").values_list("pk", "product_id")[:SENT_AT_ONCE]
    ):
        # The last change of each product; what is read after it is at least as new.
        turns = {product_id: turn for turn, product_id in rows}
        documents = read_documents(list(turns))
        gone = turns.keys() - {document.product_id for document in documents}
        engine.send(documents, gone, turns)
        UnsentDocument.objects.filter(pk__in=[turn for turn, _product in rows]).delete()
        sent += len(turns)
    return sent


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
    """Write the whole index anew, the search server's as well; returns how many products were read.

    Raises NoEngine.
    """
    if engine.is_on():
        engine.begin_anew()
    SpellingKey.objects.all().delete()
    ids = list(Product.objects.order_by("pk").values_list("pk", flat=True))
    index_products(ids)
    if engine.is_on():
        send_words()
        engine.open_for_all()
    return len(ids)
