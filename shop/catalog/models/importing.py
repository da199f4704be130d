"""The record of one import."""

from django.conf import settings
from django.db import models


class ImportRun(models.Model):
    """One file given to the shop: what was done with it, row by row where something was wrong."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        REFUSED = "refused", "Refused"
        FAILED = "failed", "Failed"

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

    def __str__(self) -> str:
        return f"{self.filename}: {self.get_status_display()}"
