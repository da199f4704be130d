from django.apps import AppConfig


class LaunchConfig(AppConfig):
    name = "shop.launch"
    label = "launch"
