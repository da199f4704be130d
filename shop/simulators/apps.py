from django.apps import AppConfig


class SimulatorsConfig(AppConfig):
    name = "shop.simulators"
    label = "simulators"
