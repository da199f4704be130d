from importlib import import_module

from django.apps import AppConfig

from shop.core.pooling import forget_pools_in_children


class CoreConfig(AppConfig):
    name = "shop.core"
    label = "core"

    def ready(self) -> None:
        import_module(f"{self.name}.lookups")
        import_module(f"{self.name}.receivers")
        forget_pools_in_children()
