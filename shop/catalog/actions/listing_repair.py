"""Make the read model of lists true again after something wrote past it."""

from django.db import connection, transaction

from shop.catalog.actions.listings import refresh_listings
from shop.catalog.models import CategoryFigure
from shop.catalog.queries.listing_checks import ListingCheck, true_figures


def repair_listings(check: ListingCheck) -> None:
    """Rewrite the products that were wrong, then add every figure up anew."""
    refresh_listings(check.wrong_products)
    rebuild_figures()


@transaction.atomic
def rebuild_figures() -> None:
    """Replace all stored figures by sums over the rows of lists.

    Others add their differences only after the lock is released. What they have not committed is
    not in our sums; what they have is.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE catalog_categoryfigure IN EXCLUSIVE MODE")
    CategoryFigure.objects.all().delete()
    CategoryFigure.objects.bulk_create(
        (
            CategoryFigure(
                category_id=category_id, facet=facet, value=value, count=count, price_cents=total
            )
            for (category_id, facet, value), (count, total) in sorted(true_figures().items())
        ),
        batch_size=2000,
    )
