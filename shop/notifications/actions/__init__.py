"""Write what somebody should hear, and get it there."""

from shop.notifications.actions.account import send_account_email, send_code, welcome
from shop.notifications.actions.alert import NobodyToTell, alert_staff
from shop.notifications.actions.announce import announce
from shop.notifications.actions.broadcast import (
    NothingToSend,
    carry_on,
    save_broadcast,
    start_broadcast,
    stop_broadcast,
)
from shop.notifications.actions.daily import report_to_staff, was_reported, wish_for_report
from shop.notifications.actions.deliver import deliver, deliver_for_order
from shop.notifications.actions.opt_out import WayOut, find_way_out, stop_news
from shop.notifications.actions.readdress import readdress
from shop.notifications.actions.reports import (
    apply_report,
    is_report_token,
    keep_report,
    report_token,
    report_urls,
)
from shop.notifications.actions.resend import CannotResend, resend, resend_failed
from shop.notifications.actions.spending import check_balance
from shop.notifications.actions.sweep import sweep
from shop.notifications.actions.trial import send_trial

__all__ = [
    "CannotResend",
    "NobodyToTell",
    "NothingToSend",
    "WayOut",
    "alert_staff",
    "announce",
    "apply_report",
    "carry_on",
    "check_balance",
    "deliver",
    "deliver_for_order",
    "find_way_out",
    "is_report_token",
    "keep_report",
    "readdress",
    "report_to_staff",
    "report_token",
    "report_urls",
    "resend",
    "resend_failed",
    "save_broadcast",
    "send_account_email",
    "send_code",
    "send_trial",
    "start_broadcast",
    "stop_broadcast",
    "stop_news",
    "sweep",
    "was_reported",
    "welcome",
    "wish_for_report",
]
