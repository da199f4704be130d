"""Who brings parcels, and where people follow them."""

from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from shop.fulfilment.models import Carrier


class CarrierViewSet(ModelViewSet):
    """Carriers."""

    model = Carrier
    name = "carriers"
    url_prefix = "carriers"
    icon = "redirect"
    menu_label = gettext_lazy("Carriers")
    list_display = [
        "name",
        "tracking_pattern",
        BooleanColumn("active", label=gettext_lazy("Offered")),
    ]
    ordering = ["name"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("tracking_pattern"), FieldPanel("active")]
    )
