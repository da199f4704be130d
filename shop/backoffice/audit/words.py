"""What is noted of staff's work, and how it reads in the log."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.log_actions import LogActionRegistry, LogFormatter

from shop.orders.models import Order

SIGNED_IN = "shop.signed_in"
ORDER = "shop.order"
PAYMENT = "shop.payment"
REFUND = "shop.refund"
STATEMENT = "shop.statement"
STOCK = "shop.stock"
PRICES = "shop.prices"
IMPORT = "shop.import"
UNDO_IMPORT = "shop.undo_import"
BROADCAST = "shop.broadcast"
ALERT = "shop.alert"
RESENT = "shop.messages_resent"
BY_API = "shop.by_api"
EVENT_WORDS = dict(Order.Status.choices) | dict(Order.PaymentStatus.choices)


def kind_words(kind: str) -> str:
    """Return the name of a kind of event or step as people read it."""
    return str(EVENT_WORDS.get(kind) or kind.replace("_", " ").capitalize())


class _OfKind(LogFormatter):
    """An entry whose data say in a word what was done."""

    tells_more = True

    def format_message(self, log_entry: Any) -> str:
        data = log_entry.data or {}
        told = [kind_words(str(data.get("kind", ""))) or str(self.label)]
        told += [str(data[name]) for name in ("amount", "state", "what") if data.get(name)]
        return ", ".join(told)


class _OfCells(LogFormatter):
    """An entry about figures: what each was and is."""

    tells_more = True

    def format_message(self, log_entry: Any) -> str:
        cells = (log_entry.data or {}).get("cells", [])
        told = [f"{cell['sku']} {cell['what']} {cell['was']} → {cell['now']}" for cell in cells[:3]]
        more = [_("and %d more") % (len(cells) - 3)] if len(cells) > 3 else []
        return ", ".join(told + more) or str(self.label)


def log_shop_actions(registry: LogActionRegistry) -> None:
    """Name what staff do outside Wagtail's own editors."""
    registry.register_action(SIGNED_IN, _("Sign in"), _("Signed in"))
    registry.register_action(UNDO_IMPORT, _("Undo an import"), _("Import taken back"))
    for action, label, look in (
        (ORDER, _("Work on an order"), _OfKind),
        (PAYMENT, _("Decide about money"), _OfKind),
        (REFUND, _("Give money back"), _OfKind),
        (STATEMENT, _("Read a statement"), _OfKind),
        (IMPORT, _("Import a file"), _OfKind),
        (BROADCAST, _("Write to customers"), _OfKind),
        (ALERT, _("Alert staff"), _OfKind),
        (RESENT, _("Send failed messages again"), _OfKind),
        (BY_API, _("Change by the API"), _OfKind),
        (STOCK, _("Change stock"), _OfCells),
        (PRICES, _("Change prices and stock in the table"), _OfCells),
    ):
        formatter = type("_Formatter", (look,), {"label": label})
        registry.register_action(action)(formatter)
