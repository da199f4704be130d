"""Write shipments and returns. Each verb runs in a transaction that has locked their order."""

from shop.fulfilment.actions.leave_out import leave_out
from shop.fulfilment.actions.plan import NotEnoughUnits, plan, plan_anew, take_out
from shop.fulfilment.actions.returns import (
    IllegalReturnMove,
    NothingToReturn,
    ask,
    move_return,
    receive,
)
from shop.fulfilment.actions.shipments import IllegalShipmentMove, cancel_staying, dispatch, move

__all__ = [
    "IllegalReturnMove",
    "IllegalShipmentMove",
    "NotEnoughUnits",
    "NothingToReturn",
    "ask",
    "cancel_staying",
    "dispatch",
    "leave_out",
    "move",
    "move_return",
    "plan",
    "plan_anew",
    "receive",
    "take_out",
]
