"""What search keeps of every visible product, and the words it can correct to."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class ProductDocument(models.Model):
    """The words of one visible product. SQLite keeps them in an FTS5 table of the same number."""

    product = models.OneToOneField(
        "catalog.Product", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    vector = SearchVectorField(null=True)

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="document_words", fastupdate=False)]

    def __str__(self) -> str:
        return f"words of product {self.product_id}"


class SpellingKey(models.Model):
    """A known word under each key that it leaves when up to one letter is taken out.

    Two words one slip apart (a letter wrong, missing, added, or two swapped) share a key, so a
    misspelt word finds its candidates by equality, on every database, at any size.
    """

    key = models.CharField(max_length=32)
    word = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "word"], name="one_spelling_key")]
        indexes = [models.Index(fields=["word"], name="spelling_by_word")]

    def __str__(self) -> str:
        return f"{self.key} < {self.word}"


class UnsentDocument(models.Model):
    """A product whose words the search server has yet to be told; its number is the change's turn.

    Written in the transaction that changes the product, so a server that is away misses nothing.
    """

    product_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"words of product {self.product_id}, change {self.pk}"
