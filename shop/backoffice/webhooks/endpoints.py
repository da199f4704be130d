"""Webhooks: registered, looked at, tried, switched off."""

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from shop.backoffice.records.base import tag
from shop.backoffice.webhooks.secrets import show_secret
from shop.core.errors import ShopError
from shop.webhooks.actions import checked_url, write_changes
from shop.webhooks.models import Endpoint, Event

LATEST = 10
STATES = {
    "active": (_("Active"), "good"),
    "failing": (_("Failing"), "warn"),
    "switched_off": (_("Switched off"), "alert"),
}


def state_tag(endpoint: Endpoint) -> SafeString:
    """Return a webhook's state as a tag."""
    return tag(*STATES[endpoint.state])


def named_events(endpoint: Endpoint) -> str:
    """Return what a webhook hears of, in words."""
    labels = dict(Event.choices)
    return ", ".join(str(labels[event]) for event in endpoint.events if event in labels)


class WebhookForm(WagtailAdminModelForm):
    """An address and what it wants to hear."""

    events = forms.MultipleChoiceField(
        label=_("Events"), choices=Event.choices, widget=forms.CheckboxSelectMultiple
    )

    def clean_url(self) -> str:
        """Refuse an address that no webhook may go to."""
        url: str = self.cleaned_data["url"]
        if url == self.initial.get("url"):
            return url
        try:
            return checked_url(url)
        except ShopError as error:
            raise forms.ValidationError(error.message) from None

    def save(self, commit: bool = True) -> Endpoint:
        """Write it; the address was judged before, outside of the transaction."""
        if self.instance.pk is None:
            self.instance.created_by = self.for_user
            made: Endpoint = super().save(commit)
            return made
        kept = Endpoint.objects.get(pk=self.instance.pk)
        return write_changes(endpoint=kept, **self.cleaned_data)


class WebhookIndexView(IndexView):
    """All webhooks with what they hear and how they do."""

    @property
    def columns(self) -> list[Any]:
        title = self._get_title_column_class(TitleColumn)(
            "__str__", label=_("Webhook"), accessor=str, get_url=self.get_inspect_url
        )
        return [
            title,
            Column("events", label=_("Hears of"), accessor=named_events),
            Column("state", label=_("State"), accessor=state_tag),
            DateColumn("created_at", label=_("Since"), sort_key="created_at"),
        ]


class WebhookCreateView(CreateView):
    """The form of a new webhook; its answer shows the secret, once."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        answer: HttpResponseBase = super().form_valid(form)
        return answer if self.expects_json_response else show_secret(self.request, self.object)

    def save_action(self) -> HttpResponse:
        """Go on without a message: the secret's page says what was done."""
        return redirect(self.get_success_url())


class WebhookEditView(EditView):
    """The form of a webhook."""

    def get_success_url(self) -> str:
        return reverse("webhooks:inspect", args=[self.object.pk])


class WebhookInspectView(InspectView):
    """One webhook: what it hears, how it does, what it was told last."""

    template_name = "backoffice/webhooks/webhook.html"
    object: Endpoint

    def get_page_title(self) -> str:
        return str(self.object)

    def get_page_subtitle(self) -> str:
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("webhooks:index"), "label": _("Webhooks")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": str(self.object)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        sees_log = user.has_perm("webhooks.view_delivery")
        log = reverse("webhooks_delivery_modeladmin_index")
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "webhook": self.object,
            "state": state_tag(self.object),
            "events": named_events(self.object),
            "may_change": user.has_perm("webhooks.change_endpoint"),
            "sees_log": sees_log,
            "log_url": f"{log}?endpoint__id__exact={self.object.pk}",
            "deliveries": self.object.deliveries.order_by("-pk")[:LATEST] if sees_log else [],
        }


class WebhookViewSet(ModelViewSet):
    """Webhooks."""

    model = Endpoint
    name = "webhooks"
    url_prefix = "webhooks"
    icon = "link-external"
    menu_label = _("Webhooks")
    index_view_class = WebhookIndexView
    add_view_class = WebhookCreateView
    edit_view_class = WebhookEditView
    inspect_view_class = WebhookInspectView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    ordering = ["pk"]
    edit_handler = ObjectList(
        [
            FieldPanel(
                "url",
                help_text=_("https:// and a host on the internet; each event is posted there"),
            ),
            FieldPanel("description", help_text=_("Whose it is and what it is for")),
            FieldPanel("events"),
            FieldPanel("active"),
        ],
        base_form_class=WebhookForm,
    )
