"""What an editor may put around a category's products; home builds its pages from these too."""

from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from shop.catalog.queries.pictures import block_picture

RICH_TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "hr"]


class TextBlock(blocks.RichTextBlock):
    """Running text with headings, lists and links."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("features", ["h2", *RICH_TEXT_FEATURES])
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = "Text"
        template = "home/blocks/rich_text.html"


class PictureBlock(blocks.StructBlock):
    """A picture with its caption."""

    picture = ImageBlock()
    caption = blocks.CharBlock(required=False, max_length=200)

    class Meta:
        icon = "image"
        label = "Picture"
        template = "home/blocks/picture.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the picture in its sizes."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["picture"] = block_picture(value["picture"])
        return context


class NoteBlock(blocks.StructBlock):
    """A short note that stands out: a season, an offer, a promise."""

    title = blocks.CharBlock(max_length=80)
    text = blocks.CharBlock(max_length=300)
    link = blocks.URLBlock(required=False)

    class Meta:
        icon = "info-circle"
        label = "Note"
        template = "home/blocks/note.html"


class CategoryBodyBlock(blocks.StreamBlock):
    """Text, pictures and notes."""

    text = TextBlock()
    picture = PictureBlock()
    note = NoteBlock()

    class Meta:
        required = False
