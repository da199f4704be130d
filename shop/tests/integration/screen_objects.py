"""One of each thing that a screen of the admin is about, for asking who may open what."""

from typing import Any

from allauth.idp.oidc.models import Client as Program
from django.contrib.auth.models import Group
from django_q.models import Failure

from shop.backoffice.models import StaffInvitation
from shop.backoffice.money.refunds import AGAIN, SENT
from shop.catalog.models import ImportRun
from shop.core.clock import now
from shop.customers.models import User
from shop.flows.confirm_order import confirm_order
from shop.fulfilment.models import Carrier
from shop.inventory.models import Movement
from shop.invoicing.models import TaxDocument
from shop.notifications.models import Broadcast, CarrierReport, Message, MessageTemplate
from shop.payments.actions import start
from shop.payments.models import ProviderEvent, Refund, StatementImport
from shop.pricing.models import DeliveryMethod, DeliveryZone, Offer, TaxRate, Voucher
from shop.tests.factories import first_variant, make_category, make_product
from shop.tests.integration.test_who_may_do_what import sent_back
from shop.tests.order_factories import first_texts, make_line, make_order, make_receipt
from shop.tests.webhook_factories import make_delivery, make_endpoint

# What an address needs besides numbers of things.
WORDS = {
    ("order_step", "step"): "confirmed",
    ("money_step", "step"): "note",
    ("money_refund", "step"): SENT,
    ("money_event", "step"): AGAIN,
    ("parcel_papers", "kind"): "slips",
    ("parcel_step", "step"): "packed",
    ("return_step", "step"): "accepted",
    ("shop_report", "slug"): "days",
}


class ScreenObjects:
    """The things, and their number for each parameter of an address."""

    def __init__(self) -> None:
        first_texts()
        amina = User.objects.create_user("amina", "amina@example.org")
        shelf = make_category("Fruits")
        mango = make_product("Mango", sku="MG", stock=900, categories=[shelf])
        order = make_order(user=amina, lines=[make_line(sku="SENT")])
        confirm_order(order_id=order.pk)
        make_receipt(order)
        payment = start(
            order_id=order.pk, method="cash_on_delivery", amount=order.total, currency="KES"
        )
        endpoint = make_endpoint()
        delivery = make_delivery(endpoint, state="failed", next_attempt_at=None)
        message = Message.objects.filter(order=order).earliest("pk")
        program = Program.objects.create(name="Till", owner=amina)
        support = Group.objects.get(name="Support")
        event = ProviderEvent.objects.create(kind=ProviderEvent.Kind.TRANSFER, body="{}")
        refund = Refund.objects.create(payment=payment, amount=1, currency="KES")
        broadcast = Broadcast.objects.create(channel="sms", body="Mangoes are in")
        carrier_report = CarrierReport.objects.create(
            kind=CarrierReport.Kind.values[0], body="id=1"
        )
        failure = Failure.objects.create(
            id="0" * 32, name="n", func="f", started=now(), stopped=now(), success=False
        )
        self.words: dict[str, Any] = {
            "task_id": failure.pk,
            "run_id": ImportRun.objects.create(filename="f.csv").pk,
            "import_id": StatementImport.objects.create(
                kind=StatementImport.Kind.values[0], filename="s.csv", digest="0" * 64
            ).pk,
            "variant_id": first_variant(mango).pk,
            "product_id": mango.pk,
            "page_id": shelf.pk,
            "order_id": order.pk,
            "payment_id": payment.pk,
            "refund_id": refund.pk,
            "event_id": event.pk,
            "message_id": message.pk,
            "broadcast_id": broadcast.pk,
            "shipment_id": order.shipments.get().pk,
            "return_id": sent_back(make_order(user=amina)).pk,
            "user_id": amina.pk,
            "person_id": amina.pk,
            "webhook_id": endpoint.pk,
            "delivery_id": delivery.pk,
            "offer_id": Offer.objects.create(name="Two mangoes", percent=10).pk,
            "invitation_id": StaffInvitation.objects.create(
                email="b@example.org", role=support, key="k", invited_by=amina
            ).pk,
        }
        self.of_screens: dict[str, Any] = {
            "products": mango,
            "vouchers": Voucher.objects.create(code="Karibu", value=10),
            "offers": Offer.objects.latest("pk"),
            "message_texts": MessageTemplate.objects.earliest("pk"),
            "delivery_methods": first_or_new(DeliveryMethod, code="x", name="X"),
            "delivery_zones": first_or_new(DeliveryZone, name="X"),
            "carriers": first_or_new(Carrier, name="X"),
            "vat_rates": first_or_new(TaxRate, code="x", name="X", percent=1),
            "webhooks": endpoint,
            "api_clients": program,
            "category_prices_of": shelf,
            "category_order": shelf,
            "category_change": shelf,
            "orders_order_modeladmin": order,
            "customers_modeladmin": amina,
            "notifications_message_modeladmin": message,
            "notifications_broadcast_modeladmin": broadcast,
            "notifications_carrierreport_modeladmin": carrier_report,
            "invoicing_taxdocument_modeladmin": TaxDocument.objects.earliest("pk"),
            "payments_payment_modeladmin": payment,
            "payments_refund_modeladmin": refund,
            "payments_providerevent_modeladmin": event,
            "inventory_movement_modeladmin": Movement.objects.latest("pk"),
            "webhooks_delivery_modeladmin": delivery,
        }

    def query(self, name: str) -> str:
        """Return what stands behind the address of a screen that is nothing without."""
        return f"parcel={self.words['shipment_id']}" if name == "parcel_papers" else ""

    def arguments(self, name: str, parameters: list[str]) -> dict[str, Any]:
        """Return what the address of a screen is made with."""
        return {each: self._one(name, each) for each in parameters}

    def _one(self, name: str, parameter: str) -> Any:
        if parameter in ("pk", "instance_pk"):
            family = name.split(":")[0].rsplit("_", 1)[0] if "modeladmin" in name else ""
            return self.of_screens[family or name.split(":")[0]].pk
        return WORDS.get((name, parameter)) or self.words[parameter]


def first_or_new(model: Any, **fields: Any) -> Any:
    """Return what the migrations made, or make one."""
    return model.objects.order_by("pk").first() or model.objects.create(**fields)
