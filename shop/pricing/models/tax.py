"""VAT by class."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.catalog.models import TaxClass


class TaxRate(models.Model):
    """The VAT of one tax class, in percent of the net price."""

    tax_class = models.CharField(_("VAT class"), max_length=10, choices=TaxClass, unique=True)
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("VAT rate")
        verbose_name_plural = _("VAT rates")

    def __str__(self) -> str:
        return f"{self.get_tax_class_display()}: {self.percent} %"
