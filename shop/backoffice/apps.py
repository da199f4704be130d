from importlib import import_module

from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "shop.backoffice"
    label = "backoffice"

    def ready(self) -> None:
        import_module(f"{self.name}.audit.receivers")
        import_module(f"{self.name}.starting").without_inline_scripts()
