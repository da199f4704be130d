"""What waits, what failed, what SMS cost; alerts to staff and the daily report."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from shop.backoffice.audit.words import ALERT
from shop.core.errors import ShopError
from shop.notifications.actions import alert_staff, report_urls, wish_for_report
from shop.notifications.models import Message, ReportWish
from shop.notifications.queries import failed_messages, spending_today
from shop.notifications.rules import ALERT_LEVELS

LONGEST_ALERT = 1_000


def crumbs(*items: tuple[str, str]) -> list[dict[str, str]]:
    """Return breadcrumbs below the overview; the last one is the page itself."""
    first = {"url": reverse("messages_overview"), "label": _("Messages")}
    return [first, *({"url": url, "label": label} for url, label in items)]


@permission_required("notifications.view_message", raise_exception=True)
def messages_overview(request: HttpRequest) -> HttpResponse:
    """Show how messages are doing."""
    user: Any = request.user
    waiting = Message.objects.filter(state__in=[Message.State.DUE, Message.State.SENDING])
    return render(
        request,
        "backoffice/messages/overview.html",
        {
            "spending": spending_today(),
            "waiting": waiting.count(),
            "failed": failed_messages().count(),
            "wants_report": ReportWish.objects.filter(user=user).exists(),
            "may_have_report": user.has_perm("orders.view_order") and bool(user.email),
            # Whoever knows these can tell the shop anything of its messages.
            "addresses": report_urls() if user.is_superuser else {},
            "header_title": _("Messages"),
            "header_icon": "mail",
            "breadcrumbs_items": [{"url": "", "label": _("Messages")}],
        },
    )


@require_POST
@permission_required("orders.view_order", raise_exception=True)
def change_report_wish(request: HttpRequest) -> HttpResponse:
    """Begin or end the daily report for oneself."""
    wanted = request.POST.get("wanted") == "yes"
    wish_for_report(user=request.user, wanted=wanted)
    messages.success(
        request,
        _("You get the report every morning.") if wanted else _("You get no more reports."),
    )
    return redirect("messages_overview")


class AlertForm(forms.Form):
    """What is wrong, and how bad it is."""

    text = forms.CharField(
        label=gettext_lazy("What is wrong"),
        max_length=LONGEST_ALERT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Of a long one, phones get the beginning."),
    )
    level = forms.ChoiceField(
        label=gettext_lazy("How bad is it"),
        choices=[
            ("info", gettext_lazy("A note: by email only")),
            ("warning", gettext_lazy("A warning: by email and SMS")),
            ("critical", gettext_lazy("An alert: by email and SMS")),
        ],
        initial="warning",
    )


@permission_required("notifications.add_message", raise_exception=True)
def alert_everybody(request: HttpRequest) -> HttpResponse:
    """Tell everybody who works in the shop."""
    form = AlertForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            told = alert_staff(**form.cleaned_data, actor=str(request.user))
        except ShopError as error:
            form.add_error(None, error.message)
        else:
            level = form.cleaned_data["level"]
            log(request.user, ALERT, user=request.user, data={"kind": "alert", "what": level})
            name = ALERT_LEVELS[level]
            messages.success(
                request,
                _("%(level)s: %(emails)d emails and %(sms)d SMS are on their way.")
                % {"level": name, "emails": told["email"], "sms": told["sms"]},
            )
            return redirect("messages_overview")
    return render(
        request,
        "backoffice/messages/alert.html",
        {
            "form": form,
            "header_title": _("Alert to staff"),
            "header_icon": "warning",
            "breadcrumbs_items": crumbs(("", _("Alert to staff"))),
        },
    )
