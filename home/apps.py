from importlib import import_module

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    label = "home"
    shown_models = ("SiteSettings",)

    def ready(self) -> None:
        import_module("home.receivers")
