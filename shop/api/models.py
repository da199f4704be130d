"""What the API keeps: first answers to requests sent again."""

from django.db import models


class IdempotencyRecord(models.Model):
    """One request that carried an Idempotency-Key. Without a status it is still being worked on."""

    caller = models.CharField(max_length=64)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["caller", "key"], name="one_answer_a_key"),
        ]
        indexes = [models.Index(fields=["created_at"], name="answers_by_age")]

    def __str__(self) -> str:
        return f"{self.caller} {self.key}"
