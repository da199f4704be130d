"""What happens whenever a database was migrated or a worker began."""

from typing import Any

from django.apps.registry import Apps
from django.apps.registry import apps as installed
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django_q.signals import post_spawn
from wagtail.hooks import search_for_hooks

from shop.launch.schedules import ensure_schedules


@receiver(post_migrate, dispatch_uid="schedules_of_an_install")
def set_schedules(sender: Any, apps: Apps = installed, **kwargs: Any) -> None:
    """Set the schedules once their table stands, so that no way of installing forgets them.

    `apps` is what is migrated so far; a flush, which empties tables only, says nothing of it.
    """
    if sender.label == "django_q" and "schedule" in apps.all_models["django_q"]:
        ensure_schedules()


@receiver(post_spawn, dispatch_uid="hooks_of_a_worker")
def load_hooks(**kwargs: Any) -> None:
    """Load Wagtail's hooks, which only web processes load by themselves.

    Snippets are registered there; without them a worker keeps no references to them.
    """
    search_for_hooks()
