"""Links that show a draft to fronts of other programs: made by who may edit it, good for a day."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import Panel
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from shop.catalog.queries.addresses import absolute
from shop.core.previews import PAGE, PRODUCT, closes_at, preview_token

ENDPOINTS = {PRODUCT: "products", PAGE: "pages"}


def preview_context(kind: str, pk: int) -> dict[str, Any]:
    """Return a new link and until when it is good."""
    address = f"/api/v2/{ENDPOINTS[kind]}/{pk}/?preview={preview_token(kind, pk)}"
    return {"preview_link": absolute(address), "closes_at": closes_at()}


class PreviewLinkPanel(Panel):
    """Show the link in a product's form."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "backoffice/panels/preview_link.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, **(preview_context(PRODUCT, pk) if (pk := self.instance.pk) else {})}


def page_preview_link(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the link of a page."""
    page = get_object_or_404(Page, pk=page_id, depth__gt=1)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    title = page.get_admin_display_title()
    return render(
        request,
        "backoffice/preview_link.html",
        {
            **preview_context(PAGE, page.pk),
            "header_title": _("Preview link: %s") % title,
            "header_icon": "link",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_pages:edit", args=[page.pk]), "label": title},
                {"url": "", "label": _("Preview link for apps")},
            ],
        },
    )


def page_header_buttons(page: Page, user: Any, view_name: str, next_url: Any = None) -> Any:
    """Offer the link where a page is edited."""
    if page.depth > 1 and page.permissions_for_user(user).can_edit():
        yield Button(
            gettext_lazy("Preview link for apps"),
            reverse("page_preview_link", args=[page.pk]),
            icon_name="link",
            priority=66,
        )
