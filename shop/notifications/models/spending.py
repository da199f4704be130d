"""What SMS cost, and what is left to pay for them."""

from django.db import models


class DaySpend(models.Model):
    """One day's SMS, counted before they leave, so that no two workers spend the same shilling."""

    day = models.DateField(unique=True)
    spent = models.DecimalField(max_digits=14, decimal_places=4, default=0)
    messages = models.PositiveIntegerField(default=0)
    parts = models.PositiveIntegerField(default=0)
    # When staff were told that the day's money is spent; once a day is enough.
    alerted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.day}: {self.spent}"


class SmsAccount(models.Model):
    """The account at the SMS provider as it was last seen; there is one row at most."""

    balance = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    # Since when it is below the alarm: one alarm a dip.
    low_since = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.currency} {self.balance}"
