from importlib import import_module

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "shop.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        import_module(f"{self.name}.receivers")
