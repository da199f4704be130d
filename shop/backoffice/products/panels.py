"""The product form, in the order in which a shopkeeper thinks of a product."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)

from shop.backoffice.preview_links import PreviewLinkPanel
from shop.backoffice.products.forms import ProductForm
from shop.backoffice.products.stock_figures import stock_rows


class StockPanel(Panel):
    """Show the stock of each variant, read-only: stock is no part of what is drafted."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "backoffice/panels/stock.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["rows"] = stock_rows(self.instance.pk) if self.instance.pk else []
            context["product"] = self.instance
            context["may_change"] = self.request.user.has_perm("inventory.change_stocklevel")
            return context


def what_it_is() -> list[Panel]:
    """Words, pictures, price and place: all that a simple product needs."""
    return [
        FieldPanel("name"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("brand"), FieldPanel("featured")]),
        MultipleChooserPanel(
            "pictures",
            chooser_field_name="image",
            heading=_("Pictures"),
            label=_("Picture"),
            panels=[FieldPanel("image"), FieldPanel("alt")],
            help_text=_("The first one stands on the product's card."),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("price"), FieldPanel("tax_class")]),
                FieldRowPanel(
                    [FieldPanel("sale_price"), FieldPanel("sale_from"), FieldPanel("sale_until")],
                    help_text=_(
                        "Leave the dates empty for a sale that begins now and ends when you "
                        "take the sale price away."
                    ),
                ),
            ],
            heading=_("Price"),
        ),
        MultipleChooserPanel(
            "placements",
            chooser_field_name="category",
            heading=_("Categories"),
            label=_("Category"),
            panels=[FieldPanel("category")],
            help_text=_("Where shoppers find it. The first one is its home in the breadcrumb."),
        ),
    ]


def variants() -> list[Panel]:
    """SKU, choices and, for reading, stock."""
    return [
        FieldPanel("sku"),
        InlinePanel(
            "variants",
            heading=_("Variants"),
            label=_("Variant"),
            panels=[
                FieldRowPanel([FieldPanel("sku"), FieldPanel("options")]),
                FieldRowPanel(
                    [
                        FieldPanel("price"),
                        FieldPanel("price_difference"),
                        FieldPanel("sale_price"),
                    ]
                ),
                FieldRowPanel([FieldPanel("weight"), FieldPanel("picture")]),
            ],
            help_text=_(
                "One for each choice of size, colour and so on. A product without choices needs "
                "none: the shop makes its single variant by itself."
            ),
        ),
        StockPanel(heading=_("Stock")),
    ]


def facts() -> list[Panel]:
    """Facts for the table on the product's page."""
    return [
        HelpPanel(
            _(
                "Facts that shoppers compare: weight, material, origin. They stand in a table on "
                "the product's page."
            )
        ),
        InlinePanel(
            "attributes",
            heading=_("Facts"),
            label=_("Fact"),
            panels=[FieldRowPanel([FieldPanel("name"), FieldPanel("value")])],
        ),
    ]


def findability() -> list[Panel]:
    """Address, texts for search engines, and when it shows."""
    return [
        FieldPanel("slug"),
        FieldPanel("seo_title"),
        FieldPanel("seo_description"),
        PublishingPanel(),
        PreviewLinkPanel(heading=_("Preview link for apps")),
    ]


def product_form() -> TabbedInterface:
    """Return the whole form."""
    return TabbedInterface(
        [
            ObjectList(what_it_is(), heading=_("Product")),
            ObjectList(variants(), heading=_("Variants and stock")),
            ObjectList(facts(), heading=_("Facts")),
            ObjectList(findability(), heading=_("Search engines")),
        ],
        base_form_class=ProductForm,
    )
