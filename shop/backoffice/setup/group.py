"""One menu for what the shop is set up with."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from shop.backoffice.clients.viewset import ClientViewSet
from shop.backoffice.fulfilment.carriers import CarrierViewSet
from shop.backoffice.setup.delivery import (
    DeliveryMethodViewSet,
    DeliveryZoneViewSet,
    TaxRateViewSet,
)
from shop.backoffice.setup.message_texts import MessageTextViewSet
from shop.backoffice.webhooks.endpoints import WebhookViewSet


class SetUpGroup(ModelViewSetGroup):
    """Message texts, delivery, VAT, webhooks, programs."""

    menu_label = _("Shop set-up")
    menu_icon = "sliders"
    menu_order = 140
    items = (
        MessageTextViewSet,
        DeliveryMethodViewSet,
        DeliveryZoneViewSet,
        CarrierViewSet,
        TaxRateViewSet,
        WebhookViewSet,
        ClientViewSet,
    )
