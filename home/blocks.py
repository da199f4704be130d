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
from shop.catalog.queries.pictures import block_picture

Context = dict[str, Any]


class LinkBlock(blocks.StructBlock):
    """Where a button leads: a page or an address."""

    text = blocks.CharBlock(required=False, max_length=40)
    page = blocks.PageChooserBlock(required=False)
    address = blocks.CharBlock(
        required=False, max_length=200, help_text=_("Used when no page is chosen, e.g. /search/")
    )


def leads_to(link: Any) -> tuple[str | None, str]:
    """Return address and words of a link; the address is None where it leads nowhere."""
    page, address = link.get("page"), link.get("address") or ""
    url = page.url if page and page.live else address
    return (url or None) if link.get("text") else None, link.get("text") or ""


class HeroBlock(blocks.StructBlock):
    """The first thing a shopper sees."""

    title = blocks.CharBlock(max_length=80)
    text = blocks.TextBlock(required=False, max_length=300)
    picture = ImageBlock(required=False)
    button = LinkBlock()
    second_button = LinkBlock(required=False)

    class Meta:
        icon = "image"
        label = _("Hero")
        template = "home/blocks/hero.html"

    def get_context(self, value: Any, parent_context: Any = None) -> Context:
        """Add the picture in its sizes and where the buttons lead."""
        context: Context = super().get_context(value, parent_context=parent_context)
        context["link_url"], context["link_label"] = leads_to(value["button"])
        context["second_url"], context["second_label"] = leads_to(value["second_button"])
        context["picture"] = block_picture(value["picture"])
        return context


class FeaturedProductsBlock(blocks.StructBlock):
    """A row of product cards: chosen by hand, or the featured ones."""

    title = blocks.CharBlock(max_length=80)
    text = blocks.CharBlock(required=False, max_length=200)
    products = blocks.ListBlock(
        SnippetChooserBlock("catalog.Product"),
        required=False,
        default=[],
        help_text=_("Empty: the products marked as featured"),
    )
    how_many = blocks.IntegerBlock(default=8, min_value=1, max_value=24)
    more = LinkBlock(required=False)

    class Meta:
        icon = "pick"
        label = _("Featured products")
        template = "home/blocks/featured_products.html"

    def get_context(self, value: Any, parent_context: Any = None) -> Context:
        """Add `cards`, at most `how_many` of what shoppers may see now."""
        context: Context = super().get_context(value, parent_context=parent_context)
        chosen = [product.pk for product in value["products"] if product]
        limit = value["how_many"] or 8
        context["cards"] = (
            chosen_product_cards(chosen)[:limit] if chosen else featured_product_cards(limit=limit)
        )
        context["more_url"], context["more_label"] = leads_to(value["more"])
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

    def get_context(self, value: Any, parent_context: Any = None) -> Context:
        """Add `tiles`: the live ones among the chosen categories, or the top ones."""
        context: Context = super().get_context(value, parent_context=parent_context)
        context["tiles"] = category_cards([page.pk for page in value["categories"] if page] or None)
        return context


class StoryBlock(blocks.StructBlock):
    """A picture beside words."""

    title = blocks.CharBlock(max_length=80)
    text = TextBlock()
    picture = ImageChooserBlock(required=False)
    link = LinkBlock(required=False)

    class Meta:
        icon = "openquote"
        label = _("Story")
        template = "home/blocks/story.html"

    def get_context(self, value: Any, parent_context: Any = None) -> Context:
        """Add the picture in its sizes and where the link leads."""
        context: Context = super().get_context(value, parent_context=parent_context)
        context["link_url"], context["link_label"] = leads_to(value["link"])
        context["picture"] = block_picture(value["picture"])
        return context


class PromiseBlock(blocks.StructBlock):
    """One thing that the shop stands for."""

    title = blocks.CharBlock(max_length=60)
    text = blocks.CharBlock(required=False, max_length=160)


class PromisesBlock(blocks.StructBlock):
    """A row of promises: delivery, payment, returns."""

    items = blocks.ListBlock(PromiseBlock(), min_num=1, max_num=6)

    class Meta:
        icon = "success"
        label = _("Promises")
        template = "home/blocks/promises.html"


class HomeBlocks(blocks.StreamBlock):
    """All that a home page is made of."""

    hero = HeroBlock()
    promises = PromisesBlock()
    featured_products = FeaturedProductsBlock()
    category_grid = CategoryGridBlock()
    story = StoryBlock()
    note = NoteBlock()
    text = TextBlock()


class StoryBlocks(blocks.StreamBlock):
    """All that a page of words is made of."""

    text = TextBlock()
    picture = PictureBlock()
    note = NoteBlock()
