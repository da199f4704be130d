"""Blocks of the home page and of pages of words."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from shop.catalog.blocks import NoteBlock, PictureBlock, TextBlock
from shop.catalog.queries.cards import (
    category_cards,
    chosen_product_cards,
    featured_product_cards,
)


class LinkBlock(blocks.StructBlock):
    """Where a button leads: a page or an address."""

    text = blocks.CharBlock(max_length=40)
    page = blocks.PageChooserBlock(required=False)
    address = blocks.CharBlock(
        required=False, max_length=200, help_text=_("Used when no page is chosen, e.g. /search/")
    )


class HeroBlock(blocks.StructBlock):
    """The first thing a shopper sees."""

    title = blocks.CharBlock(max_length=80)
    text = blocks.TextBlock(required=False, max_length=300)
    picture = ImageBlock(required=False)
    button = LinkBlock()

    class Meta:
        icon = "image"
        label = _("Hero")
        template = "home/blocks/hero.html"


class FeaturedProductsBlock(blocks.StructBlock):
    """A row of product cards: chosen by hand, or the featured ones."""

    title = blocks.CharBlock(max_length=80)
    products = blocks.ListBlock(
        SnippetChooserBlock("catalog.Product"),
        required=False,
        default=[],
        help_text=_("Empty: the products marked as featured"),
    )
    how_many = blocks.IntegerBlock(default=8, min_value=1, max_value=24)

    class Meta:
        icon = "pick"
        label = _("Featured products")
        template = "home/blocks/featured_products.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add `cards`, at most `how_many` of what shoppers may see now."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        chosen = [product.pk for product in value["products"] if product]
        context["cards"] = (
            chosen_product_cards(chosen)
            if chosen
            else featured_product_cards(limit=value["how_many"])
        )
        return context


class CategoryGridBlock(blocks.StructBlock):
    """Categories with their pictures."""

    title = blocks.CharBlock(max_length=80)
    categories = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="catalog.CategoryPage"),
        required=False,
        default=[],
        help_text=_("Empty: the top categories"),
    )

    class Meta:
        icon = "list-ul"
        label = _("Category grid")
        template = "home/blocks/category_grid.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add `categories`, the live ones among the chosen, or the top ones."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["categories"] = category_cards(
            [page.pk for page in value["categories"] if page] or None
        )
        return context


class StoryBlock(blocks.StructBlock):
    """A picture beside words."""

    title = blocks.CharBlock(max_length=80)
    text = TextBlock()
    picture = ImageChooserBlock(required=False)

    class Meta:
        icon = "openquote"
        label = _("Story")
        template = "home/blocks/story.html"


class HomeBlocks(blocks.StreamBlock):
    """All that a home page is made of."""

    hero = HeroBlock()
    featured_products = FeaturedProductsBlock()
    category_grid = CategoryGridBlock()
    story = StoryBlock()
    note = NoteBlock()


class StoryBlocks(blocks.StreamBlock):
    """All that a page of words is made of."""

    text = TextBlock()
    picture = PictureBlock()
    note = NoteBlock()
