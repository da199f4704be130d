"""The report that staff get every morning."""

from django.conf import settings
from django.db import models

from shop.core.clock import now


class DailyReport(models.Model):
    """A day whose report was written, so that it is written once."""

    day = models.DateField(unique=True)
    created_at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return str(self.day)


class ReportWish(models.Model):
    """Somebody of staff who wants the daily report."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="report_wish"
    )

    def __str__(self) -> str:
        return f"daily report for {self.user_id}"
