from importlib import import_module

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "shop.payments"
    label = "payments"

    def ready(self) -> None:
        for module in ("receivers", "checks"):
            import_module(f"{self.name}.{module}")
