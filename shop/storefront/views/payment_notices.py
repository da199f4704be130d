"""Where providers tell the shop of money: what comes is kept first and applied by the worker."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shop.flows.apply_provider_event import check_transfer
from shop.payments import actions as payments
from shop.payments.gateways import offered
from shop.payments.gateways.stripe_card import CODE as CARD
from shop.payments.models import ProviderEvent

ACCEPTED = {"ResultCode": 0, "ResultDesc": "Accepted"}
MOST_BYTES = 64 * 1024


@csrf_exempt
@require_POST
def prompt_result(request: HttpRequest, token: str) -> HttpResponse:
    """Take what became of a prompt or a refund, at the address that only this one has."""
    body = _body(request)
    if body is None:
        return HttpResponse(status=413)
    if not payments.keep_result(token=token, body=body, sender=_sender(request)):
        return HttpResponse(status=404)
    return JsonResponse(ACCEPTED)


@csrf_exempt
@require_POST
def refund_late(request: HttpRequest, token: str) -> HttpResponse:
    """Take word that Daraja did not get to a refund in time, at this refund's own address."""
    body = _body(request)
    if body is None:
        return HttpResponse(status=413)
    if not payments.keep_result(token=token, body=body, sender=_sender(request), late=True):
        return HttpResponse(status=404)
    return JsonResponse(ACCEPTED)


@csrf_exempt
@require_POST
def transfer_confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """Take word of money that came by Paybill or till."""
    if not payments.is_transfer_token(token):
        return HttpResponse(status=404)
    body = _body(request)
    if body is None:
        return HttpResponse(status=413)
    payments.keep(kind=ProviderEvent.Kind.TRANSFER, body=body, sender=_sender(request))
    return JsonResponse(ACCEPTED)


@csrf_exempt
@require_POST
def transfer_validation(request: HttpRequest, token: str) -> HttpResponse:
    """Say whether money may come by Paybill or till; Safaricom waits eight seconds."""
    if not payments.is_transfer_token(token):
        return HttpResponse(status=404)
    body = _body(request)
    if body is None:
        return HttpResponse(status=413)
    code = check_transfer(body=body, sender=_sender(request))
    return JsonResponse(
        {"ResultCode": code, "ResultDesc": "Accepted" if code == "0" else "Rejected"}
    )


@csrf_exempt
@require_POST
def card_notice(request: HttpRequest) -> HttpResponse:
    """Take word of Stripe's about a page or a refund; its signature proves that it is Stripe's."""
    if CARD not in offered():
        return HttpResponse(status=404)
    body = _body(request)
    if body is None:
        return HttpResponse(status=413)
    signature = request.headers.get("Stripe-Signature", "")
    signed = payments.keep_notice(
        provider=CARD, body=body, signature=signature, sender=_sender(request)
    )
    return JsonResponse({"received": signed}, status=200 if signed else 400)


def _body(request: HttpRequest) -> bytes | None:
    """Return the body; None for one that is larger than anything Safaricom says."""
    try:
        announced = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return None
    return request.body if announced <= MOST_BYTES else None


def _sender(request: HttpRequest) -> str:
    # For the log only: behind a proxy this is the proxy, and the header is anybody's.
    return str(request.META.get("REMOTE_ADDR", ""))
