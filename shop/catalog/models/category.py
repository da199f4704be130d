"""Categories: Wagtail pages, so the tree, its addresses and its drafts are Wagtail's own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.search import index

from shop.catalog.blocks import CategoryBodyBlock
from shop.catalog.queries.way import Step, way_to
from shop.catalog.rules import MAX_PAGE_DEPTH, path_range


class CategoryQuerySet(PageQuerySet):
    """Words about categories."""

    def within(self, page: Page) -> "CategoryQuerySet":
        """Keep `page` and what lies below it: one index range over treebeard's path."""
        first, after = path_range(page.path)
        return self.filter(path__gte=first, path__lt=after)


class CategoryPage(Page):
    """A shelf of the shop, at any depth below the home page."""

    introduction = models.TextField(_("introduction"), blank=True)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body_above = StreamField(CategoryBodyBlock(), verbose_name=_("above the products"), blank=True)
    body_below = StreamField(CategoryBodyBlock(), verbose_name=_("below the products"), blank=True)

    objects = PageManager.from_queryset(CategoryQuerySet)()

    template = "catalog/category_page.html"
    parent_page_types = ["home.HomePage", "catalog.CategoryPage"]
    subpage_types = ["catalog.CategoryPage"]
    page_description = _("A category of products; its sub-categories lie below it.")

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("picture"),
        MultiFieldPanel(
            [FieldPanel("body_above"), FieldPanel("body_below")],
            heading=_("Around the products"),
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]
    api_fields = [
        APIField("introduction"),
        APIField("body_above"),
        APIField("body_below"),
    ]

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def clean(self) -> None:
        super().clean()
        refuse_too_deep(self.depth or 1)

    @cached_property
    def way(self) -> list[Step]:
        """The pages from home down to this one, itself included."""
        return way_to(self.path)

    def get_view_restrictions(self) -> Any:
        """Ask for restrictions only where the way down shows that there are some."""
        if any(step.restricted or step.alias for step in self.way):
            return super().get_view_restrictions()
        return PageViewRestriction.objects.none()

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the page shows; see the queries."""
        from shop.catalog.queries.category_page import category_page  # noqa: PLC0415

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **category_page(self, request.GET, self.way)}

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        return bool(super().can_create_at(parent)) and parent.depth < MAX_PAGE_DEPTH

    def can_move_to(self, parent: Page) -> bool:
        deepest = self.get_descendants().aggregate(deepest=models.Max("depth"))["deepest"]
        height = (deepest or self.depth) - self.depth
        return bool(super().can_move_to(parent)) and parent.depth + 1 + height <= MAX_PAGE_DEPTH


def refuse_too_deep(depth: int) -> None:
    """Raise ValidationError for a page deeper than the tree's path column can hold."""
    if depth > MAX_PAGE_DEPTH:
        raise ValidationError(
            _("Categories can be nested %(limit)d levels deep at most; this one would be deeper.")
            % {"limit": MAX_PAGE_DEPTH - 2}
        )
