"""What the worker does by the clock, as data."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django_q.models import Schedule


@dataclass(frozen=True)
class Recurring:
    """A task and how many minutes lie between two runs of it."""

    name: str
    task: str
    minutes: int
    args: tuple[str, ...] = ()


COMMAND = "django.core.management.call_command"

RECURRING = (
    Recurring("Send the messages that are due", "shop.notifications.tasks.sweep", 1),
    Recurring("Look at what is left for SMS", "shop.notifications.tasks.check_balance", 30),
    Recurring("Write yesterday's report to staff", "shop.flows.tasks.send_daily_report", 10),
    Recurring("Ask phones for payments that are due", "shop.payments.tasks.sweep", 1),
    Recurring(
        "Ask about prompts without an answer", "shop.flows.tasks.sweep_prompts_and_events", 1
    ),
    Recurring("Give unpaid orders' goods back", "shop.flows.tasks.release_unpaid_orders", 1),
    Recurring("Deliver the webhooks that are due", "shop.webhooks.tasks.sweep", 1),
    Recurring("Forget old webhook deliveries", "shop.webhooks.tasks.forget_old", 60 * 24),
    Recurring("Begin and end sales", "shop.catalog.tasks.turn_sales", 1),
    Recurring("Hide or mark what is sold out", "shop.catalog.tasks.see_to_sold_out", 1),
    Recurring("Go on with imports that were lost", "shop.catalog.tasks.sweep_imports", 1),
    Recurring("Tell the search server what changed", "search.tasks.send_words", 1),
    Recurring("Forget rows of old imports", "shop.catalog.tasks.forget_rows_of_imports", 60 * 24),
    Recurring("Make the sizes of new pictures", "shop.catalog.tasks.prepare_new_pictures", 1),
    Recurring("Publish and unpublish what is scheduled", COMMAND, 1, ("publish_scheduled",)),
    Recurring("Forget expired sessions", COMMAND, 60 * 24, ("clearsessions",)),
    Recurring("Forget first answers of the API", "shop.api.tasks.forget_old_answers", 60),
    Recurring("Erase who bought, past the legal period", "shop.flows.tasks.forget_old_buyers", 60),
)


def ensure_schedules() -> None:
    """Bring the schedules of this install to the list above; the moment of the next run stays.

    Unless it lies further away than it can: the clock was wrong when it was written.
    """
    present = timezone.now()
    for recurring in RECURRING:
        Schedule.objects.update_or_create(
            name=recurring.name,
            defaults={
                "func": recurring.task,
                "args": repr(recurring.args) if recurring.args else None,
                "schedule_type": Schedule.MINUTES,
                "minutes": recurring.minutes,
            },
        )
        furthest = present + timedelta(minutes=recurring.minutes)
        Schedule.objects.filter(name=recurring.name, next_run__gt=furthest).update(next_run=present)
