"""The record of one import."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.core.clock import now


class ImportRun(models.Model):
    """One file given to the shop: what was done with it, row by row where something was wrong."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")
        FAILED = "failed", _("Failed")

    class Undo(models.TextChoices):
        NEVER = "", _("Not undone")
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    file = models.FileField(upload_to="imports/%Y/%m/", blank=True)
    filename = models.CharField(max_length=255)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    dry_run = models.BooleanField(default=False)
    rows_total = models.PositiveIntegerField(default=0)
    rows_read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    # Rows can have several faults; the first 10,000 are kept, all are counted.
    errors_found = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list, blank=True)
    # How often something happened that the report tells once: currencies, pictures not taken.
    noted = models.JSONField(default=dict, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    # What a dry run would change, field by field: the first 1,000 values.
    differences = models.JSONField(default=list, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    # Turns since the last row was finished: a turn that ends with a killed worker counts as well.
    attempts = models.PositiveSmallIntegerField(default=0)
    touched_at = models.DateTimeField(default=now)

    undo = models.CharField(max_length=10, choices=Undo, default=Undo.NEVER, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    # One moment for all that the undoing writes: by it the undoing knows its own hand.
    undo_began_at = models.DateTimeField(null=True, blank=True)
    undo_finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["touched_at"],
                condition=models.Q(status__in=["waiting", "running"])
                | models.Q(undo__in=["waiting", "running"]),
                name="import_at_work",
            )
        ]

    def __str__(self) -> str:
        return f"{self.filename}: {self.get_status_display()}"

    @property
    def at_work(self) -> bool:
        """Whether its rows are still being read."""
        return self.status in {self.Status.WAITING, self.Status.RUNNING}

    @property
    def undo_at_work(self) -> bool:
        """Whether it is being undone."""
        return self.undo in {self.Undo.WAITING, self.Undo.RUNNING}


class ImportedRow(models.Model):
    """What became of one row: to read, and for a written one to undo.

    A dry run keeps all its rows. A real import keeps what it changed and refused; the variants of
    a product that it made are not told one by one, for they come and go with it.
    """

    class Result(models.TextChoices):
        CREATED = "created", _("New")
        UPDATED = "updated", _("Changed")
        UNCHANGED = "unchanged", _("Unchanged")
        REFUSED = "refused", _("Refused")

    class Outcome(models.TextChoices):
        OPEN = "", _("In force")
        UNDONE = "undone", _("Undone")
        UNPUBLISHED = "unpublished", _("Taken off the shelf")
        KEPT = "kept", _("Kept")

    run = models.ForeignKey(
        ImportRun,
        on_delete=models.CASCADE,
        related_name="rows",
        db_index=False,  # import_rows begins with it
    )
    line = models.PositiveIntegerField()
    sku = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=300, blank=True)
    result = models.CharField(max_length=10, choices=Result)
    # For people: column, before and after; of a refused row column, code and detail.
    told = models.JSONField(default=list, blank=True)
    # The product, and the variant where the row is one; no foreign keys, for rows outlive both.
    product_id = models.BigIntegerField(null=True, blank=True)
    variant_id = models.BigIntegerField(null=True, blank=True)
    # What the row wrote over, and by which everything it left behind is recognised.
    before = models.JSONField(null=True, blank=True)
    seal = models.CharField(max_length=32, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.OPEN, blank=True)
    reason = models.CharField(max_length=255, blank=True)

    class Meta:
        indexes = [models.Index(fields=["run", "result", "line"], name="import_rows")]

    def __str__(self) -> str:
        return f"line {self.line}: {self.sku} {self.result}"
