from importlib import import_module

from django.apps import AppConfig


class LaunchConfig(AppConfig):
    name = "shop.launch"
    label = "launch"

    def ready(self) -> None:
        import_module(f"{self.name}.receivers")
