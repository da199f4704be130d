"""Where a customer is signed in: when each place was last seen, and how to end one."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter as account_adapter
from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

SEEN_EVERY = 300  # seconds


class LastSeenMiddleware:
    """Note when and from where a session was last used, once in SEEN_EVERY seconds a process.

    allauth's own middleware writes at every request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if (
            SESSION_KEY in request.session
            and caches["counters"].add(f"session-seen:{request.session.session_key}", 1, SEEN_EVERY)
            and request.user.is_authenticated
        ):
            UserSession.objects.create_from_request(request)
        return self.get_response(request)


@require_POST
@login_required
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Sign the customer out at one place; ending this one here is signing out."""
    session = get_object_or_404(UserSession, pk=session_id, user=request.user)
    here = session.is_current()
    get_adapter().end_sessions([session])
    if here:
        account_adapter().logout(request)
        return redirect("account_login")
    messages.success(request, _("That device is signed out."))
    return redirect("usersessions_list")
