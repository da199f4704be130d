"""What pricing does when an editor changes an offer or a pickup point."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from shop.pricing.models import (
    DeliveryMethod,
    Offer,
    OfferCategory,
    OfferProduct,
    OfferStep,
    PickupPoint,
)
from shop.pricing.queries.delivery import remembered_points
from shop.pricing.queries.promotions import remembered_offers


def forget_offers(**kwargs: Any) -> None:
    """Read the offers anew."""
    remembered_offers.forget()


for _model in (Offer, OfferCategory, OfferProduct, OfferStep):
    receiver([post_save, post_delete], sender=_model, dispatch_uid=f"offers_{_model.__name__}")(
        forget_offers
    )


def forget_points(**kwargs: Any) -> None:
    """Read the pickup points anew."""
    remembered_points.forget()


for _model in (DeliveryMethod, PickupPoint):
    receiver([post_save, post_delete], sender=_model, dispatch_uid=f"points_{_model.__name__}")(
        forget_points
    )
