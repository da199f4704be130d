"""Programs that may ask for tokens: registered, looked at, revoked."""

from typing import Any

from allauth.idp.oidc.models import Client
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import CreateView, DeleteView, IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import ModelPermissionPolicy

from shop.backoffice.clients.making import (
    AUTHORIZATION_CODE,
    CLIENT_CREDENTIALS,
    IDENTITY_SCOPES,
    ClientRefused,
    check_client,
    make_client,
)

KINDS = {
    "itself": gettext_lazy("A program that acts for you, such as an import from the till"),
    "server": gettext_lazy("A front with a server: people let it act for them"),
    "app": gettext_lazy("An app or a page that can keep no secret: people let it act for them"),
}


class ClientPermissions(ModelPermissionPolicy):
    """A registered program is revoked and made anew, never changed under its users."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "change" and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class ClientForm(WagtailAdminModelForm):
    """What a program is and what it may."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"), choices=KINDS.items(), widget=forms.RadioSelect
    )
    may = forms.MultipleChoiceField(
        label=gettext_lazy("What it may"),
        choices=[
            (scope, f"{scope}: {text}")
            for scope, text in (settings.API_SCOPES | IDENTITY_SCOPES).items()
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    back = forms.CharField(
        label=gettext_lazy("Redirect addresses"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Where people come back to, one a line; fronts and apps need one"),
    )
    secret = ""

    def clean(self) -> dict[str, Any]:
        """Register it; what cannot be is said at the form."""
        cleaned: dict[str, Any] = super().clean()
        if self.errors:
            return cleaned
        kind = cleaned["kind"]
        try:
            self.wish = {
                "name": cleaned["name"],
                "grant": CLIENT_CREDENTIALS if kind == "itself" else AUTHORIZATION_CODE,
                "scopes": cleaned["may"],
                "redirect_uris": cleaned["back"].split(),
                "public": kind == "app",
                # Only for oneself: nobody gets another's rights by registering a program.
                "owner": self.for_user if kind == "itself" else None,
            }
            check_client(**self.wish)
        except ClientRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return cleaned

    def save(self, commit: bool = True) -> Client:
        """Keep the program, and its secret for the page that follows."""
        self.instance, self.secret = make_client(**self.wish)
        return self.instance


class ClientIndexView(IndexView):
    """All programs with what they may."""

    @property
    def columns(self) -> list[Any]:
        title = self._get_title_column_class(TitleColumn)(
            "name", label=_("Program"), get_url=self.get_inspect_url, sort_key="name"
        )
        return [
            title,
            Column("scopes", label=_("May"), accessor=lambda client: _words(client.get_scopes())),
            Column("owner", label=_("Acts for"), accessor=_acts_for),
            DateColumn("created_at", label=_("Since"), sort_key="created_at"),
        ]


class ClientCreateView(CreateView):
    """The form of a new program; its answer shows the secret, once."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        answer: HttpResponseBase = super().form_valid(form)
        return answer if self.expects_json_response else show_secret(self.request, form)

    def save_action(self) -> HttpResponse:
        """Go on without a message: the secret's page says what was done."""
        return redirect(reverse("api_clients:index"))


class ClientInspectView(InspectView):
    """One program."""

    template_name = "backoffice/clients/client.html"
    object: Client

    def get_page_title(self) -> str:
        return self.object.name

    def get_page_subtitle(self) -> str:
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "client": self.object,
            "acts_for": _acts_for(self.object),
            "grants": _words(self.object.get_grant_types()),
            "may_revoke": self.request.user.has_perm("allauth_idp_oidc.delete_client"),
        }


class ClientDeleteView(DeleteView):
    """Revoking: the registration goes, and every token with it, at once."""

    page_title = gettext_lazy("Revoke")
    success_message = gettext_lazy("“%(object)s” is revoked; its tokens open nothing any more.")

    def get_success_message(self) -> str:
        return str(self.success_message % {"object": self.object.name})

    @property
    def confirmation_message(self) -> str:
        return _(
            "Revoke “%s”? Its tokens stop working at once, and people sign in with it no more."
        ) % (self.object.name)


class ClientViewSet(ModelViewSet):
    """Programs that use the API."""

    model = Client
    name = "api_clients"
    url_prefix = "api-clients"
    icon = "key"
    menu_label = gettext_lazy("API programs")
    pk_path_converter = "slug"
    index_view_class = ClientIndexView
    add_view_class = ClientCreateView
    inspect_view_class = ClientInspectView
    inspect_view_enabled = True
    delete_view_class = ClientDeleteView
    copy_view_enabled = False
    add_to_reference_index = False
    ordering = ["name", "pk"]
    permission_policy = ClientPermissions(Client)
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("kind"),
            FieldPanel("may"),
            FieldPanel("back"),
        ],
        base_form_class=ClientForm,
    )


def show_secret(request: HttpRequest, form: ClientForm) -> HttpResponse:
    """Answer the one page that shows a secret; nothing on the way may keep it."""
    page = reverse("api_clients:inspect", args=[form.instance.pk])
    context = {
        "client": form.instance,
        "secret": form.secret,
        "page": page,
        "header_title": _("Registered"),
        "header_icon": "key",
        "breadcrumbs_items": [
            {"url": reverse("api_clients:index"), "label": _("API programs")},
            {"url": page, "label": form.instance.name},
        ],
    }
    response = render(request, "backoffice/clients/secret.html", context)
    add_never_cache_headers(response)
    return response


def _words(names: list[str]) -> str:
    return ", ".join(names)


def _acts_for(client: Client) -> str:
    if client.owner:
        return str(client.owner)
    acts_alone = CLIENT_CREDENTIALS in client.get_grant_types()
    return _("nobody") if acts_alone else _("whoever agrees")
