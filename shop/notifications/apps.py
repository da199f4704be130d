from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "shop.notifications"
    label = "notifications"

    def ready(self) -> None:
        for module in ("receivers", "checks"):
            import_module(f"{self.name}.{module}")
