"""List products anew whose sale has begun or ended."""

from django.db.models import Exists, OuterRef, Q

from shop.catalog.actions.listings import refresh_listings
from shop.catalog.models import WHOLE_SHOP, Listing, Product, Variant
from shop.core.clock import now


def refresh_turned_sales() -> int:
    """Refresh products whose sale has begun or ended since they were listed; returns how many.

    What lists say decides, not the time since the last run: a worker that was away catches up.
    """
    moment = now()
    listed = Listing.objects.filter(category_id=WHOLE_SHOP, product=OuterRef("pk"))
    own_sales = Variant.objects.filter(product=OuterRef("pk"), sale_price__isnull=False)
    over = Q(sale_until__lte=moment) & Exists(listed.filter(on_sale=True))
    begun = (
        Q(sale_from__lte=moment)
        & (Q(sale_until=None) | Q(sale_until__gt=moment))
        & (Q(sale_price__isnull=False) | Exists(own_sales))
        & Exists(listed.filter(on_sale=False))
    )
    # The clock was ahead when it was listed.
    early = Q(sale_from__gt=moment) & Exists(listed.filter(on_sale=True))
    ids = list(Product.objects.filter(over | begun | early, live=True).values_list("pk", flat=True))
    refresh_listings(ids)
    return len(ids)
