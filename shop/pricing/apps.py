from importlib import import_module

from django.apps import AppConfig


class PricingConfig(AppConfig):
    name = "shop.pricing"
    label = "pricing"
    shown_models = (
        "DeliveryZone",
        "DeliveryMethod",
        "DeliveryRate",
        "PickupPoint",
        "Offer",
        "OfferStep",
        "OfferCategory",
        "OfferProduct",
        "TaxRate",
    )

    def ready(self) -> None:
        import_module(f"{self.name}.receivers")
