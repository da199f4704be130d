"""How the description of the API is made sharp enough to be held against the running shop."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from shop.cart.actions import add_line
from shop.cart.models import Cart
from shop.catalog.models import ImportRun
from shop.customers.actions import save_address
from shop.tests.factories import first_variant
from shop.tests.journeys.small_shop import SHELF, SmallShop
from shop.webhooks.models import Delivery, Endpoint, Event

CART = "X-Cart-Token"
CONTACT = {"name": "Wanjiku Kamau", "phone": "0712 345 678", "email": "w@example.org"}


def known_values(shop: SmallShop) -> dict[str, list[Any]]:
    """Return what exists in the shop, by the names of words, headers and values of bodies."""
    cart = Cart.objects.create()
    own = Cart.objects.get_or_create(user=shop.customer)[0]
    lines = [
        add_line(cart=owner, variant_id=first_variant(shop.pot).pk, quantity=1)
        for owner in (cart, own)
    ]
    run = ImportRun.objects.create(filename="empty.csv")
    webhook = Endpoint.objects.create(url="https://example.org/", events=[Event.ORDER_PAID])
    delivery = Delivery.objects.create(
        endpoint=webhook, event=Event.ORDER_PAID, occasion="order:1:paid", payload="{}"
    )
    books = [save_address(user, county="Nairobi") for user in (shop.customer, shop.editor)]
    return {
        "product_id": [shop.pot.pk, shop.kettle.pk],
        "product": [shop.kettle.pk],
        "variant": [first_variant(shop.pot).pk],
        "sku": ["POT-S", "enamel-3"],
        "order_id": [shop.placed.pk],
        "order": [shop.placed.pk],
        "token": [shop.placed.token],
        "line_id": [line.pk for line in lines],
        "run_id": [run.pk],
        "webhook_id": [webhook.pk],
        "delivery_id": [delivery.pk],
        "address_id": [address.pk for address in books],
        "payment_id": list(shop.placed.payments.values_list("pk", flat=True)),
        "reference": [SHELF.strip("/").rpartition("/")[2]],
        "category": ["pots"],
        "quantity": [1, 2],
        "contact": [CONTACT],
        "voucher": [""],
        "delivery_method": ["delivery", ""],
        "payment_method": ["cash_on_delivery", ""],
        "path": [["All Products", "Kitchen"]],
        "categories": [[["All Products", "Kitchen"]]],
        "price": ["120.00"],
        "url": ["https://example.org/hook"],
        CART: [cart.token],
    }


def sharpened(description: dict[str, Any], known: dict[str, list[Any]]) -> dict[str, Any]:
    """Return the description with half of what is sent known, and no answer with more than it says.

    What exists is sent often enough to be found; an answer's word that nobody described is found.
    """
    sharp = deepcopy(description)
    for name, shape in sharp["components"]["schemas"].items():
        if not name.endswith("Input"):
            shape.setdefault("additionalProperties", False)
            continue
        for word, schema in shape["properties"].items():
            shape["properties"][word] = _often(known.get(word), schema)
    for operation in operations(sharp):
        for word in operation.get("parameters", []):
            schema = word["schema"]
            if word["name"] == "Idempotency-Key":
                schema["format"] = "uuid"  # two short ones would soon be the same
            if schema.get("type") == "string" and "enum" not in schema:
                schema.setdefault("maxLength", 200)  # servers refuse endless addresses themselves
            word["schema"] = _often(known.get(word["name"]), schema)
    return sharp


def operations(description: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Return every operation."""
    for methods in description["paths"].values():
        yield from methods.values()


def _often(values: list[Any] | None, schema: Any) -> Any:
    return {"anyOf": [{"enum": values}, schema]} if values else schema
