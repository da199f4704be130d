"""Tables of messages: one model a file."""

from shop.notifications.models.broadcast import Broadcast
from shop.notifications.models.daily import DailyReport, ReportWish
from shop.notifications.models.message import Message
from shop.notifications.models.report import CarrierReport
from shop.notifications.models.spending import DaySpend, SmsAccount
from shop.notifications.models.words import Channel, Event, MessageTemplate

__all__ = [
    "Broadcast",
    "CarrierReport",
    "Channel",
    "DailyReport",
    "DaySpend",
    "Event",
    "Message",
    "MessageTemplate",
    "ReportWish",
    "SmsAccount",
]
