"""What a provider's own list of money says, and the files that brought it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StatementImport(models.Model):
    """One file: compared first, and applied once somebody has seen what that would do."""

    class Kind(models.TextChoices):
        MPESA = "mpesa", "M-Pesa"
        BANK = "bank", _("Bank")

    class State(models.TextChoices):
        COMPARED = "compared", _("Only compared")
        APPLIED = "applied", _("Applied")

    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.COMPARED)
    filename = models.CharField(max_length=255)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file")
    # Good rows until the file is applied; then they are lines, and nothing stands here.
    rows = models.JSONField(default=list, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    rows_good = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    # The first 500: line, column, code, detail.
    problems = models.JSONField(default=list, blank=True)
    # Rows that are no money of a payer, counted by reason.
    passed_over = models.JSONField(default=dict, blank=True)
    total = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    first_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(null=True, blank=True)
    # What applying came to: how many rows were known, or said something else than before.
    known = models.PositiveIntegerField(default=0)
    contradicted = models.PositiveIntegerField(default=0)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(state="compared"),
                name="statements_only_compared",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filename}: {self.get_state_display()}"

    @property
    def applied(self) -> bool:
        """Tell whether its rows are lines by now."""
        return self.state == self.State.APPLIED


class StatementLine(models.Model):
    """Money that a statement says came in; each receipt once, whichever files have it."""

    statement = models.ForeignKey(StatementImport, on_delete=models.PROTECT, related_name="lines")
    line = models.PositiveIntegerField()
    receipt = models.CharField(max_length=64, unique=True)
    paid_at = models.DateTimeField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    reference = models.CharField(max_length=80, blank=True)
    payer = models.CharField(max_length=120, blank=True)
    details = models.CharField(max_length=200, blank=True)
    # Set where nobody had told of this money: the event that this line became.
    event = models.OneToOneField(
        "payments.ProviderEvent",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="statement_line",
    )

    class Meta:
        verbose_name = _("line of a statement")
        verbose_name_plural = _("lines of statements")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="statement_line_amount_positive"
            ),
        ]
        indexes = [models.Index(fields=["paid_at"], name="statement_lines_by_time")]

    def __str__(self) -> str:
        return f"{self.receipt} {self.amount}"


class OutgoingLine(models.Model):
    """Money that a statement says went out; nothing is made of it, it is compared with refunds."""

    statement = models.ForeignKey(
        StatementImport, on_delete=models.CASCADE, related_name="outgoing_lines"
    )
    line = models.PositiveIntegerField()
    # A bank may give none.
    receipt = models.CharField(max_length=64, blank=True)
    # The receipt of the money that it takes back, where the statement names it.
    linked = models.CharField(max_length=64, blank=True)
    paid_at = models.DateTimeField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    reference = models.CharField(max_length=80, blank=True)
    details = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("outgoing line of a statement")
        verbose_name_plural = _("outgoing lines of statements")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="outgoing_line_amount_positive"
            ),
        ]
        indexes = [models.Index(fields=["receipt"], name="outgoing_lines_by_receipt")]

    def __str__(self) -> str:
        return f"{self.receipt} -{self.amount}"
