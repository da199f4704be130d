from importlib import import_module

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "shop.core"
    label = "core"

    def ready(self) -> None:
        import_module(f"{self.name}.lookups")
