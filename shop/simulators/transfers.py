"""Money that somebody sends by Paybill: Daraja asks the shop, then tells it."""

import logging
from typing import Any

import requests
from django.conf import settings
from django.utils.timezone import localtime

from shop.core.clock import now
from shop.payments.actions import transfer_token
from shop.simulators.models import Text, Transfer, TransferAddresses, new_receipt

logger = logging.getLogger(__name__)

TIMEOUT = 8  # seconds, as Daraja waits
TAKEN = "0"


def send(*, phone: str, account: str, amount: int, asks: bool = True) -> str:
    """Send money to the shop's number; return its receipt, or "" where the shop refuses it.

    Without `asks` the shop may refuse nothing, as where Safaricom's validation is off.
    """
    receipt = new_receipt()
    notice = _notice(phone=phone, account=account, amount=amount, receipt=receipt)
    confirmation, validation = addresses()
    asked = _post(validation, notice) if asks else {}
    if str(asked.get("ResultCode", TAKEN)) != TAKEN:
        _tell(
            phone, f"Failed. {account} was refused, code {asked['ResultCode']}. Nothing was sent."
        )
        return ""
    Transfer.objects.create(receipt=receipt, phone=phone, amount=amount)
    _post(confirmation, notice)
    _tell(phone, f"{receipt} Confirmed. Ksh{amount:,}.00 sent for account {account}.")
    return receipt


def addresses() -> tuple[str, str]:
    """Return where to confirm and validate: as registered, or where the shop would register."""
    known = TransferAddresses.objects.filter(shortcode=settings.MPESA_SHORTCODE).first()
    if known is not None:
        return known.confirmation_url, known.validation_url
    base = f"{settings.CALLBACK_BASE_URL}/payments/notify/{transfer_token()}"
    return f"{base}/confirmation/", f"{base}/validation/"


def _notice(*, phone: str, account: str, amount: int, receipt: str) -> dict[str, Any]:
    """Return what Daraja's page "Customer To Business Register URL" shows; the payer is masked."""
    return {
        "TransactionType": "Pay Bill",
        "TransID": receipt,
        "TransTime": f"{localtime(now()):%Y%m%d%H%M%S}",
        "TransAmount": f"{amount}.00",
        "BusinessShortCode": settings.MPESA_SHORTCODE,
        "BillRefNumber": account,
        "InvoiceNumber": "",
        "OrgAccountBalance": "49197.00",
        "ThirdPartyTransID": "",
        "MSISDN": f"{phone[:5]}****{phone[-3:]}",
        "FirstName": "WANJIKU",
        "MiddleName": "",
        "LastName": "",
    }


def _post(url: str, notice: dict[str, Any]) -> dict[str, Any]:
    try:
        answer: Any = requests.post(url, json=notice, timeout=TIMEOUT).json()
    except requests.RequestException as error:
        logger.warning("Nobody answered at %s: %s", url, error)
        return {}
    return answer if isinstance(answer, dict) else {}


def _tell(phone: str, words: str) -> None:
    Text.objects.create(phone=f"+{phone}", sender="MPESA", body=words)
