"""What the shop charges on top of prices, and what it takes off them."""

from .delivery import DeliveryMethod, DeliveryRate, DeliveryZone, PickupPoint
from .offers import Offer, OfferCategory, OfferProduct, OfferStep
from .scope import Scope
from .tax import TaxRate
from .vouchers import Redemption, Voucher, VoucherCategory, VoucherProduct

__all__ = [
    "DeliveryMethod",
    "DeliveryRate",
    "DeliveryZone",
    "Offer",
    "OfferCategory",
    "OfferProduct",
    "OfferStep",
    "PickupPoint",
    "Redemption",
    "Scope",
    "TaxRate",
    "Voucher",
    "VoucherCategory",
    "VoucherProduct",
]
