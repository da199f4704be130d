"""The issuer's addresses: allauth's, with the shop's conditions before some of them."""

import base64
import binascii
from collections.abc import Callable
from functools import wraps

from allauth.core.internal.httpkit import extract_basic_auth
from allauth.idp.oidc import views
from allauth.idp.oidc.models import Token
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from shop.api.authentication.consent import Consent, has_good_target
from shop.api.throttles import caller_address
from shop.core.limits import GUEST, seconds_to_wait

# The limit of API_RATES for asking, renewing, revoking and looking into tokens.
TOKENS = "tokens"

View = Callable[..., HttpResponse]


def readable(view: View) -> View:
    """Refuse words that no database can look up, and calls without end."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        said = [*request.POST.lists(), *request.GET.lists(), ("", [_basic(request)])]
        if any("\x00" in str(word) for _name, words in said for word in words):
            return JsonResponse({"error": "invalid_request"}, status=400)
        if not has_good_target(request):
            return JsonResponse({"error": "invalid_target"}, status=400)
        seconds = seconds_to_wait(TOKENS, GUEST, caller_address(request))
        if seconds:
            # A secret costs time to check: guessing them must not cost the shop its own.
            problem = {"error": "temporarily_unavailable"}
            return JsonResponse(problem, status=429, headers={"Retry-After": str(seconds)})
        return view(request)

    return guarded


def _basic(request: HttpRequest) -> str:
    """Return what HTTP Basic says, a null character for what cannot be read."""
    scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, ValueError):
        return "\x00"


def own_tokens(view: View) -> View:
    """Let a program end its own tokens only; another's is unknown to it. Source: RFC 7009, 2.1."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        program = extract_basic_auth(request.headers)[0] or request.POST.get("client_id")
        token = Token.objects.by_value(request.POST.get("token", "")).first()
        if token is not None and token.client_id != program:
            return HttpResponse()
        return view(request)

    return guarded


@csrf_exempt
def not_offered(request: HttpRequest) -> HttpResponse:
    """Close what allauth has for grants that the shop does not give."""
    return JsonResponse({"error": "unsupported_grant_type"}, status=404)


urlpatterns = [
    path("identity/o/authorize", Consent.as_view()),
    path("identity/o/api/token", readable(views.token)),
    path("identity/o/api/revoke", readable(own_tokens(views.revoke))),
    path("identity/o/api/introspect", readable(views.introspect)),
    path("identity/o/api/device/code", not_offered),
    path("identity/o/device", not_offered),
    path("", include("allauth.idp.urls")),
]
