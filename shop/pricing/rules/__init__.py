"""Pure arithmetic of a quote. Prices are gross: the VAT is contained, never added."""

from .delivery import DeliveryOption, Point, Rate, delivery_options
from .lines import PERCENT, Cut, QuoteLine, on_top
from .offers import BUNDLE, STEPS, OfferTerms, with_offers
from .quotes import ClassTax, Quote, Reduction
from .spreading import spread
from .vouchers import (
    AMOUNT,
    DELIVERY,
    VoucherTerms,
    VoucherUse,
    code_key,
    refusal,
    with_voucher,
)

__all__ = [
    "AMOUNT",
    "BUNDLE",
    "DELIVERY",
    "PERCENT",
    "STEPS",
    "ClassTax",
    "Cut",
    "DeliveryOption",
    "OfferTerms",
    "Point",
    "Quote",
    "QuoteLine",
    "Rate",
    "Reduction",
    "VoucherTerms",
    "VoucherUse",
    "code_key",
    "delivery_options",
    "on_top",
    "refusal",
    "spread",
    "with_offers",
    "with_voucher",
]
