"""Invoices and credit notes: numbered without gaps, and never changed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from shop.invoicing import rules
from shop.orders.rules import kra_pin


def refuse_wrong_pin(text: str) -> None:
    """Refuse what is no KRA PIN. Raises ValidationError."""
    if kra_pin(text) is None:
        raise ValidationError(_("A KRA PIN is A or P, nine digits and a letter: P051234567Z."))


@register_setting(icon="doc-full")
class Seller(BaseGenericSetting):
    """Who sells, as invoices say it; what was printed before keeps what it said."""

    legal_name = models.CharField(
        _("registered name"),
        max_length=120,
        blank=True,
        help_text=_("The name that the tax authority knows"),
    )
    pin = models.CharField(_("KRA PIN"), max_length=11, blank=True, validators=[refuse_wrong_pin])
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("email"), blank=True)

    panels = [FieldPanel(name) for name in ("legal_name", "pin", "address", "phone", "email")]

    class Meta:
        verbose_name = _("seller on invoices")

    def clean(self) -> None:
        """Write the PIN as KRA does."""
        self.pin = kra_pin(self.pin) or self.pin


class NumberSeries(models.Model):
    """The last number given out in a series and a year; its row is locked while one is given."""

    wagtail_reference_index_ignore = True

    series = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="one_counter_a_series_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class TaxDocument(models.Model):
    """An invoice or a credit note. Nothing in it is computed again after it was issued."""

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        INVOICE = rules.INVOICE, _("Invoice")
        CREDIT_NOTE = rules.CREDIT_NOTE, _("Credit note")

    kind = models.CharField(max_length=12, choices=Kind)
    series = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=24, unique=True)
    order = models.ForeignKey(
        "orders.Order", on_delete=models.PROTECT, related_name="tax_documents"
    )
    # A credit note's invoice.
    invoice = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="credit_notes"
    )
    # An invoice of an order that was changed before it was packed: credited whole, and issued anew.
    superseded = models.BooleanField(default=False, db_default=False, editable=False)
    # What it was issued for, so that nothing is credited twice: refund:17.
    cause = models.CharField(max_length=60, unique=True)
    issued_at = models.DateTimeField()
    issued_on = models.DateField(help_text="The day in the shop's own time")

    # The buyer leaves after the legal period; everything else stays as it was printed.
    buyer_name = models.CharField(max_length=120, blank=True)
    buyer_pin = models.CharField(max_length=11, blank=True)
    currency = models.CharField(max_length=3)
    total = models.DecimalField(max_digits=14, decimal_places=2)
    tax = models.DecimalField(max_digits=14, decimal_places=2, help_text="VAT contained in total")
    # Seller, lines and words as they were: see docs/receipts.md.
    content = models.JSONField(encoder=DjangoJSONEncoder)
    # How the money came or went: noted once, with the document or when an invoice is paid later.
    settlement = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)

    # What eTIMS answers, empty until an adapter notes it (actions.note_fiscal_answer).
    control_unit = models.CharField(max_length=40, blank=True)
    control_number = models.CharField(max_length=80, blank=True)
    control_signature = models.CharField(max_length=200, blank=True)
    qr_text = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["series", "year", "sequence"], name="one_document_a_number"
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(kind=rules.INVOICE, superseded=False),
                name="one_invoice_an_order",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=rules.INVOICE, invoice=None)
                | models.Q(kind=rules.CREDIT_NOTE, invoice__isnull=False),
                name="credit_notes_have_an_invoice",
            ),
        ]
        indexes = [
            models.Index(fields=["-issued_at", "-id"], name="documents_by_time"),
            models.Index(fields=["issued_on"], name="documents_by_day"),
            models.Index(
                fields=["id"], condition=models.Q(sent_at=None), name="documents_not_sent_yet"
            ),
        ]
        verbose_name = _("invoice or credit note")
        verbose_name_plural = _("invoices and credit notes")

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new document; one that was issued stays as it is."""
        if not self._state.adding:
            raise TypeError("A tax document is never changed; issue a credit note.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse: a number that was given out is never missing."""
        raise TypeError("A tax document is never deleted; issue a credit note.")


class TaxTotal(models.Model):
    """What the lines of one tax class of a document come to."""

    wagtail_reference_index_ignore = True

    document = models.ForeignKey(TaxDocument, on_delete=models.PROTECT, related_name="taxes")
    tax_class = models.CharField(max_length=10)
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    gross = models.DecimalField(max_digits=14, decimal_places=2)
    tax = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "tax_class", "percent"], name="one_sum_a_class_and_document"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.tax_class}: {self.gross}"
