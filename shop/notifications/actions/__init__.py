"""Write what somebody should hear, and get it there."""

from shop.notifications.actions.announce import announce
from shop.notifications.actions.deliver import deliver, deliver_for_order
from shop.notifications.actions.resend import CannotResend, resend
from shop.notifications.actions.sweep import sweep

__all__ = ["CannotResend", "announce", "deliver", "deliver_for_order", "resend", "sweep"]
