"""Tables of fulfilment: one model and its lines a file."""

from shop.fulfilment.models.carrier import Carrier
from shop.fulfilment.models.progress import Progress
from shop.fulfilment.models.returns import Return, ReturnLine
from shop.fulfilment.models.shipment import Shipment, ShipmentLine

__all__ = ["Carrier", "Progress", "Return", "ReturnLine", "Shipment", "ShipmentLine"]
