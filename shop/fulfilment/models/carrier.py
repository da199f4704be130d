"""Who brings parcels."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.fulfilment.rules import pattern_problem


class Carrier(models.Model):
    """Somebody who brings parcels, with the address at which people follow them."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    tracking_pattern = models.CharField(
        _("tracking page"),
        max_length=300,
        blank=True,
        help_text=_("{number} stands for the tracking number; empty if there is no such page"),
    )
    active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("carrier")
        verbose_name_plural = _("carriers")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse an address into which no tracking number can be put."""
        problem = self.tracking_pattern and pattern_problem(self.tracking_pattern)
        if problem:
            raise ValidationError({"tracking_pattern": problem})
