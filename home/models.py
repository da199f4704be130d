"""The pages around the shop, and what the whole site says about itself."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from home.blocks import HomeBlocks, StoryBlocks
from shop.catalog.queries.addresses import absolute, page_address
from shop.catalog.queries.navigation import breadcrumb, category_at
from shop.catalog.queries.seo import breadcrumb_data, json_ld, short_text
from shop.catalog.queries.way import way_to


class HomePage(Page):
    """The shop's front: an editor composes it from blocks."""

    body = StreamField(HomeBlocks(), verbose_name=_("content"), blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["catalog.CategoryPage", "home.StandardPage"]
    content_panels = [*Page.content_panels, FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("home page")

    def route(self, request: Any, path_components: list[str]) -> Any:
        """Find a category of any depth in one statement; walk down as Wagtail does for the rest."""
        if path_components:
            category = category_at(f"{self.url_path}{'/'.join(path_components)}/")
            if category is not None:
                return RouteResult(category)
        return super().route(request, path_components)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the page shows."""
        address = page_address(self.url_path)
        return {
            **super().get_context(request, *args, **kwargs),
            "body": self.body,
            "meta": {
                "title": self.seo_title or self.title,
                "description": self.search_description or None,
                "canonical": absolute(address),
                "json_ld": json_ld(
                    {
                        "@context": "https://schema.org",
                        "@type": "WebSite",
                        "url": absolute(address),
                        "name": self.seo_title or self.title,
                    }
                ),
            },
        }


class StandardPage(Page):
    """A page of words: delivery, returns, about us."""

    introduction = models.TextField(_("introduction"), blank=True)
    body = StreamField(StoryBlocks(), verbose_name=_("content"), blank=True)

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the page shows."""
        address = page_address(self.url_path)
        ways = breadcrumb(step for step in way_to(self.path) if step.depth < self.depth)
        return {
            **super().get_context(request, *args, **kwargs),
            "title": self.title,
            "introduction": self.introduction,
            "body": self.body,
            "breadcrumb": ways,
            "meta": {
                "title": self.seo_title or self.title,
                "description": self.search_description or short_text(self.introduction) or None,
                "canonical": absolute(address),
                "json_ld": json_ld(breadcrumb_data(ways, self.title, address)),
            },
        }


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting):
    """What header and footer say."""

    shop_name = models.CharField(_("name of the shop"), max_length=60, default="Duka")
    tagline = models.CharField(_("tagline"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("email"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    opening_hours = models.CharField(_("opening hours"), max_length=120, blank=True)
    announcement = models.CharField(
        _("announcement"),
        max_length=140,
        blank=True,
        help_text=_("One line above every page, for example a holiday or free delivery"),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("shop_name"), FieldPanel("tagline"), FieldPanel("announcement")],
            heading=_("Shop"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("phone"),
                FieldPanel("email"),
                FieldPanel("address"),
                FieldPanel("opening_hours"),
            ],
            heading=_("Contact"),
        ),
    ]

    class Meta:
        verbose_name = _("shop settings")
