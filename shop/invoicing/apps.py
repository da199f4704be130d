from importlib import import_module

from django.apps import AppConfig


class InvoicingConfig(AppConfig):
    name = "shop.invoicing"
    label = "invoicing"

    def ready(self) -> None:
        import_module(f"{self.name}.receivers")
