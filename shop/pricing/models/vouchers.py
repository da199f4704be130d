"""Vouchers: a code that takes something off, and who used it."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from shop.core.clock import now
from shop.pricing import rules
from shop.pricing.models.scope import ChosenCategory, ChosenProduct, Promotion


class Voucher(Promotion):
    """A code that shoppers type; one counts for an order."""

    class Kind(models.TextChoices):
        PERCENT = rules.PERCENT, _("Percent off")
        AMOUNT = rules.AMOUNT, _("Amount off")
        DELIVERY = rules.DELIVERY, _("Free delivery")

    code = models.CharField(
        _("code"), max_length=40, help_text=_("Shoppers may type it in small letters too")
    )
    # The code without regard to case. SQLite and PostgreSQL fold letters differently, so we do it.
    code_key = models.CharField(max_length=80, unique=True, editable=False)
    note = models.CharField(
        _("what it is for"), max_length=200, blank=True, help_text=_("For the shop alone")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PERCENT)
    value = models.DecimalField(
        _("how much"),
        max_digits=12,
        decimal_places=2,
        default=Decimal(0),
        blank=True,
        help_text=_("Percent, or an amount with VAT; nothing for free delivery"),
    )
    minimum = models.DecimalField(
        _("from an order of"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Of the things that it counts for, after offers and without delivery"),
    )
    limit = models.PositiveIntegerField(
        _("how often in all"), null=True, blank=True, help_text=_("Empty: without end")
    )
    limit_per_customer = models.PositiveIntegerField(
        _("how often a customer"),
        null=True,
        blank=True,
        help_text=_("A customer is known by the account and by the phone number"),
    )
    on_sale_items = models.BooleanField(_("also for what is on sale"), default=True)
    combinable = models.BooleanField(
        _("also on top of offers"),
        default=False,
        help_text=_("No: a thing that an offer makes cheaper gets nothing more"),
    )

    class Meta:
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        constraints = [
            models.CheckConstraint(condition=models.Q(value__gte=0), name="voucher_not_negative"),
            models.CheckConstraint(
                condition=~models.Q(kind=rules.PERCENT) | models.Q(value__lte=100),
                name="voucher_percent",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args: object, **kwargs: object) -> None:
        self.code = self.code.strip()
        self.code_key = rules.code_key(self.code)
        super().save(*args, **kwargs)


class VoucherCategory(ChosenCategory):
    """A category, with all below it, that a voucher counts for."""

    voucher = ParentalKey(Voucher, on_delete=models.CASCADE, related_name="categories")


class VoucherProduct(ChosenProduct):
    """A product that a voucher counts for."""

    voucher = ParentalKey(Voucher, on_delete=models.CASCADE, related_name="products")


class Redemption(models.Model):
    """A voucher that an order used up, or gave back when it was cancelled."""

    wagtail_reference_index_ignore = True

    voucher = models.ForeignKey(Voucher, on_delete=models.CASCADE, related_name="redemptions")
    reference = models.CharField(_("order"), max_length=40, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    phone = models.CharField(max_length=20, blank=True)
    amount = models.DecimalField(_("taken off"), max_digits=12, decimal_places=2)
    created_at = models.DateTimeField(default=now, editable=False)
    given_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("use of a voucher")
        verbose_name_plural = _("uses of vouchers")
        indexes = [
            models.Index(
                fields=["voucher"],
                condition=models.Q(given_back_at=None),
                name="redemption_counted",
            ),
            models.Index(fields=["phone"], name="redemption_by_phone"),
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id} in {self.reference}"
