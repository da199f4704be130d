from importlib import import_module

from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    name = "shop.storefront"
    label = "storefront"

    def ready(self) -> None:
        import_module("shop.storefront.receivers")
        import_module("shop.storefront.edge.receivers")
