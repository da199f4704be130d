"""How the shop arranges its shelves; none of it lives in a product's revision."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


class ShelfPlace(models.Model):
    """Where a merchandiser put a product in the list of one category, counted from 0.

    Products without a place come after those that have one, in the shop's usual order.
    """

    category_id = models.BigIntegerField()
    product = models.ForeignKey(
        "catalog.Product", on_delete=models.CASCADE, related_name="shelf_places"
    )
    place = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["category_id", "product"], name="one_place_a_shelf"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} is number {self.place} in {self.category_id}"


@register_setting(icon="tag")
class CatalogueSettings(BaseGenericSetting):
    """What becomes of products that are sold out."""

    class SoldOut(models.TextChoices):
        MARK = "mark", _("Stay in the lists, marked as sold out")
        HIDE = "hide", _("Leave the lists until they are back")

    sold_out = models.CharField(
        _("sold out products"),
        max_length=4,
        choices=SoldOut,
        default=SoldOut.MARK,
        help_text=_("Their own pages stay, so that no link breaks. Takes effect within a minute."),
    )
    # What the lists were last brought in line with, so that the clock's round has nothing to do.
    applied = models.CharField(max_length=4, choices=SoldOut, default=SoldOut.MARK, editable=False)

    panels = [FieldPanel("sold_out")]

    class Meta:
        verbose_name = _("catalogue settings")

    def __str__(self) -> str:
        return str(self.get_sold_out_display())
