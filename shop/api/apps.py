from importlib import import_module

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "shop.api"
    label = "api"

    def ready(self) -> None:
        import_module("shop.api.receivers")
