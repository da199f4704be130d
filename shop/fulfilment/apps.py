from importlib import import_module

from django.apps import AppConfig


class FulfilmentConfig(AppConfig):
    name = "shop.fulfilment"
    label = "fulfilment"

    def ready(self) -> None:
        import_module(f"{self.name}.receivers")
