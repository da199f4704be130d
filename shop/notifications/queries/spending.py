"""What SMS cost today, and what is left."""

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.utils.timezone import localdate

from shop.core.clock import now
from shop.notifications.models import DaySpend, SmsAccount


@dataclass(frozen=True, slots=True)
class Spending:
    """One day's SMS; `cap` 0 is no limit. `account` is None while nobody asked for the balance."""

    spent: Decimal
    messages: int
    parts: int
    cap: Decimal
    account: SmsAccount | None

    @property
    def percent(self) -> int:
        """How much of the day's money is gone."""
        return min(100, int(100 * self.spent / self.cap)) if self.cap else 0


def spending_today() -> Spending:
    """Return what was spent today: two statements."""
    day = DaySpend.objects.filter(day=localdate(now())).first() or DaySpend()
    return Spending(
        Decimal(day.spent),
        day.messages,
        day.parts,
        settings.SMS_DAILY_CAP,
        SmsAccount.objects.first(),
    )
