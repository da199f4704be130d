"""A pretend Daraja's reversals: it takes the wish, and tells later what became of it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shop.simulators.reversals import give_back
from shop.simulators.views.daraja import SHORTCODE, Refused, answered, own_address

REVERSE = {
    "Initiator": r"\S{1,50}",
    "SecurityCredential": r"\S+",
    "CommandID": "TransactionReversal",
    "TransactionID": "[A-Z0-9]{10}",
    "Amount": r"[1-9]\d{0,5}",
    "ReceiverParty": SHORTCODE,
    "RecieverIdentifierType": "11",
    "ResultURL": r"https?://\S{1,480}",
    "QueueTimeOutURL": r"https?://\S{1,480}",
    "Remarks": ".{2,100}",
}


@csrf_exempt
@require_POST
def reverse(request: HttpRequest) -> JsonResponse:
    """Take the wish to give money back."""
    return answered(request, REVERSE, _reverse)


def _reverse(fields: Mapping[str, Any]) -> JsonResponse:
    known = settings.MPESA_INITIATOR, settings.MPESA_SECURITY_CREDENTIAL, settings.MPESA_SHORTCODE
    said = fields["Initiator"], fields["SecurityCredential"], str(fields["ReceiverParty"])
    if said != known:
        raise Refused(500, "500.001.1001", "Wrong credentials")
    made = give_back(
        original=fields["TransactionID"],
        amount=int(fields["Amount"]),
        result_url=own_address(fields, "ResultURL"),
        timeout_url=own_address(fields, "QueueTimeOutURL"),
    )
    return JsonResponse(
        {
            "OriginatorConversationID": made.originator_id,
            "ConversationID": made.conversation_id,
            "ResponseCode": "0",
            "ResponseDescription": "Accept the service request successfully.",
        }
    )
