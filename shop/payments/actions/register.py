"""Tell Safaricom where to announce money that comes by Paybill or till."""

from django.conf import settings

from shop.core.errors import ShopError
from shop.payments.actions.events import transfer_token
from shop.payments.gateways.answer import ACCEPTED
from shop.payments.gateways.daraja import Daraja

# What happens to money while the shop does not answer: it is taken, and people look at it.
IF_SILENT = "Completed"


class NotRegistered(ShopError):
    """Safaricom did not take the addresses."""


def transfer_urls() -> dict[str, str]:
    """Return the addresses that hear of money by Paybill or till."""
    base = f"{settings.CALLBACK_BASE_URL}/payments/notify/{transfer_token()}"
    return {"confirmation": f"{base}/confirmation/", "validation": f"{base}/validation/"}


def register_transfers() -> dict[str, str]:
    """Register the addresses, in production for good; returns them. Raises NotRegistered."""
    urls = transfer_urls()
    answer = Daraja().register(**urls, if_silent=IF_SILENT)
    code = str((answer.data or {}).get("ResponseCode", ""))
    if answer.kind != ACCEPTED or code.strip("0"):
        told = (answer.data or {}).get("ResponseDescription", "")
        raise NotRegistered("not_registered", str(answer.reason or told or "No answer"))
    return urls
