"""The read model of every list: what shoppers see, sorted before they ask.

One row per category (ancestors included) and visible product, with an index per sort order, so that
the first page of any category of any size is one index scan. `actions.refresh_listings` is the only
writer; `manage.py check_listings` recomputes everything and compares.
"""

from django.db import models
from django.db.models import F

# The category number that stands for the whole shop.
WHOLE_SHOP = 0
# The place of a product that nobody has put anywhere: after all that have one.
UNPLACED = 1_000_000


class Listing(models.Model):
    """A visible product in one category, or in the whole shop (category_id 0)."""

    category_id = models.BigIntegerField()
    product = models.ForeignKey(
        "catalog.Product",
        on_delete=models.CASCADE,
        related_name="listings",
        db_index=False,  # listed_once begins with it
        db_constraint=False,  # six rows a product: checking each costs more than writing it
    )
    price = models.DecimalField(max_digits=12, decimal_places=2, help_text="Lowest price now")
    list_price = models.DecimalField(max_digits=12, decimal_places=2, help_text="The product's own")
    price_varies = models.BooleanField(default=False, help_text="Variants cost different prices")
    on_sale = models.BooleanField(default=False)
    in_stock = models.BooleanField(default=True)
    place = models.PositiveIntegerField(default=UNPLACED)
    featured = models.BooleanField(default=False)
    published_at = models.DateTimeField()
    name = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "category_id"], name="listed_once"),
        ]
        indexes = [
            models.Index(fields=["category_id", "price", "product"], name="listing_by_price"),
            models.Index(fields=["category_id", "list_price"], name="listing_by_list_price"),
            models.Index(
                F("category_id"),
                F("published_at").desc(),
                F("product_id").desc(),
                name="listing_by_newest",
            ),
            models.Index(
                F("category_id"),
                F("place"),
                F("featured").desc(),
                F("published_at").desc(),
                F("product_id").desc(),
                name="listing_by_featured",
            ),
            models.Index(fields=["category_id", "name", "product"], name="listing_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} in {self.category_id}"


class ProductFacet(models.Model):
    """One value of a visible product that lists can be narrowed by: a brand, an option."""

    product = models.ForeignKey(
        "catalog.Product",
        on_delete=models.CASCADE,
        related_name="facets",
        db_index=False,  # facet_said_once begins with it
        db_constraint=False,
    )
    facet = models.CharField(max_length=70)
    value = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "facet", "value"], name="facet_said_once"),
        ]
        indexes = [models.Index(fields=["facet", "value", "product"], name="facet_by_value")]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"


class CategoryFigure(models.Model):
    """Stored counts of a category: all its products, and those with each facet value.

    Kept by differences in the transaction that changes a product; sums, not averages, so that every
    change is one addition whatever the catalogue's size.
    """

    ALL = "all"
    BRAND = "brand"
    PRICE = "price"
    STOCK = "stock"
    SALE = "sale"
    OPTION = "option:"

    category_id = models.BigIntegerField()
    facet = models.CharField(max_length=70)
    value = models.CharField(max_length=120, blank=True)
    count = models.BigIntegerField(default=0)
    # List prices in hundredths: whole numbers add up exactly on every database.
    price_cents = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["category_id", "facet", "value"], name="one_figure"),
        ]

    def __str__(self) -> str:
        return f"{self.category_id} {self.facet}={self.value}: {self.count}"
