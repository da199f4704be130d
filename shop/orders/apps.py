from importlib import import_module

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "shop.orders"
    label = "orders"

    def ready(self) -> None:
        import_module(f"{self.name}.receivers")
