from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CatalogConfig(AppConfig):
    name = "shop.catalog"
    label = "catalog"

    def ready(self) -> None:
        import_module(f"{self.name}.receivers")
        triggers = import_module(f"{self.name}.changes.triggers")
        post_migrate.connect(triggers.count_changes, sender=self)
