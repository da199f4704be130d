"""What load balancers, container platforms and Prometheus ask."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shop.health import state

if settings.METRICS_TOKEN:
    from shop.health.metrics import exposition


@require_safe
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """Answer that the process runs; asks nobody else."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Answer whether requests can be served: 503 while the database does not answer."""
    part = state.database()
    if not part.ok:
        return JsonResponse({"status": "unavailable", "database": part.trouble}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})


@require_safe
@never_cache
def part_of_it(request: HttpRequest, name: str) -> JsonResponse:
    """Answer whether one part is well, with its figures: 503 where it is not."""
    part = state.PARTS[name]()
    told = {"status": "ok"} if part.ok else {"status": "unavailable", "trouble": part.trouble}
    return JsonResponse({**told, **part.facts}, status=200 if part.ok else 503)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer Prometheus, which shows METRICS_TOKEN as a bearer; without one there is nothing."""
    if not settings.METRICS_TOKEN:
        raise Http404
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not constant_time_compare(token, settings.METRICS_TOKEN):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")
