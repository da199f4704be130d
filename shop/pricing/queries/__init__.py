"""What things cost now. The server prices; nobody else does."""

from .delivery import Tariff, tariff
from .lines import price_lines
from .promotions import find_voucher, offers_of
from .quoting import Goods, price_goods, quote

__all__ = [
    "Goods",
    "Tariff",
    "find_voucher",
    "offers_of",
    "price_goods",
    "price_lines",
    "quote",
    "tariff",
]
