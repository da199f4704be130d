"""What the worker does by the clock, as data."""

from dataclasses import dataclass

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
    Recurring("Begin and end sales", "shop.catalog.tasks.turn_sales", 1),
    Recurring("Make the sizes of new pictures", "shop.catalog.tasks.prepare_new_pictures", 1),
    Recurring("Publish and unpublish what is scheduled", COMMAND, 1, ("publish_scheduled",)),
    Recurring("Forget expired sessions", COMMAND, 60 * 24, ("clearsessions",)),
    Recurring("Forget first answers of the API", "shop.api.tasks.forget_old_answers", 60),
)


def ensure_schedules() -> None:
    """Bring the schedules of this install to the list above; the moment of the next run stays."""
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
