"""Offers that count by themselves: percents, steps by quantity, buy some and get some."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from shop.pricing import rules
from shop.pricing.models.scope import ChosenCategory, ChosenProduct, Promotion


class Offer(Promotion):
    """What the shop takes off by itself; of several that fit a line the best one counts."""

    class Kind(models.TextChoices):
        PERCENT = rules.PERCENT, _("Percent off")
        STEPS = rules.STEPS, _("More off the more is bought")
        BUNDLE = rules.BUNDLE, _("Buy some, get some")

    name = models.CharField(_("name"), max_length=80, help_text=_("As shoppers read it"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PERCENT)
    percent = models.DecimalField(
        _("percent off"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Of what fits, or of the units that one gets: 100 makes them free"),
    )
    buy = models.PositiveIntegerField(_("buy"), null=True, blank=True, help_text=_("Units paid"))
    get = models.PositiveIntegerField(
        _("get"), null=True, blank=True, help_text=_("Units on top, always the cheapest ones")
    )
    on_sale_items = models.BooleanField(
        _("also for what is on sale"),
        default=False,
        help_text=_("No: a thing with a sale price keeps that and gets nothing more"),
    )

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent=None) | models.Q(percent__gt=0, percent__lte=100),
                name="offer_percent",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OfferStep(Orderable):
    """From so many units of all that fits, so much is taken off each."""

    offer = ParentalKey(Offer, on_delete=models.CASCADE, related_name="steps")
    units = models.PositiveIntegerField(_("from units"))
    percent = models.DecimalField(_("percent off"), max_digits=5, decimal_places=2)

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [
            models.UniqueConstraint(fields=["offer", "units"], name="one_step_a_quantity"),
            models.CheckConstraint(
                condition=models.Q(percent__gt=0, percent__lte=100), name="step_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.units}: {self.percent} %"


class OfferCategory(ChosenCategory):
    """A category, with all below it, that an offer counts for."""

    offer = ParentalKey(Offer, on_delete=models.CASCADE, related_name="categories")


class OfferProduct(ChosenProduct):
    """A product that an offer counts for."""

    offer = ParentalKey(Offer, on_delete=models.CASCADE, related_name="products")
