from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "shop.flows"
    label = "flows"
