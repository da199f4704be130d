"""Products that are published and that nobody can buy."""

from django.db.models import Q, QuerySet

from shop.catalog.models import WHOLE_SHOP, Listing, Product


def unbuyable() -> QuerySet[Product]:
    """Return published products that are sold out, or that stand on no published shelf."""
    listed = Listing.objects.filter(category_id=WHOLE_SHOP)
    return Product.objects.filter(live=True).filter(
        Q(pk__in=listed.filter(in_stock=False).values("product"))
        | ~Q(pk__in=listed.values("product"))
    )
