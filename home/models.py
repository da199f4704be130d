"""The pages around the shop, and what the whole site says about itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from home.blocks import HomeBlocks, StoryBlocks


class HomePage(Page):
    """The shop's front: an editor composes it from blocks."""

    body = StreamField(HomeBlocks(), verbose_name=_("content"), blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["catalog.CategoryPage", "home.StandardPage"]
    content_panels = [*Page.content_panels, FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("home page")


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
