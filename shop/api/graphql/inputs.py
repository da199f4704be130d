"""What mutations take: the bodies of the REST addresses."""

from typing import Any

import strawberry
from strawberry import UNSET
from strawberry.types import get_object_definition


@strawberry.input(
    description="Units of one variant, named by exactly one of sku, variant, product."
)
class LineInput:
    sku: str | None = UNSET
    variant: strawberry.ID | None = UNSET
    product: strawberry.ID | None = UNSET
    quantity: int = 1


@strawberry.input(description="How to reach the buyer.")
class ContactInput:
    name: str | None = UNSET
    phone: str | None = UNSET
    email: str | None = UNSET
    buyer_pin: str | None = UNSET


@strawberry.input(description="Where it goes; county, town and city mean the same.")
class PlaceInput:
    county: str | None = UNSET
    town: str | None = UNSET
    city: str | None = UNSET
    area: str | None = UNSET
    landmark: str | None = UNSET


@strawberry.input(description="Which messages the buyer wants.")
class NotifyInput:
    sms: bool | None = UNSET
    email: bool | None = UNSET


@strawberry.input(description="An order; without items the cart is ordered.")
class OrderInput:
    contact: ContactInput
    items: list[LineInput] | None = UNSET
    address: PlaceInput | None = UNSET
    delivery_method: str | None = UNSET
    payment_method: str | None = UNSET
    payment_phone: str | None = UNSET
    notify: NotifyInput | None = UNSET
    notes: str | None = UNSET
    voucher: str | None = UNSET
    pickup_point: int | None = UNSET
    idempotency_key: str | None = strawberry.field(
        default=UNSET, description="Sent again with the same order it gives the first answer again."
    )


@strawberry.input(
    description="An order to be paid, by its id, number or token; phone is who is asked."
)
class PaymentInput:
    order: strawberry.ID
    method: str | None = UNSET
    phone: str | None = UNSET
    token: str | None = UNSET
    idempotency_key: str | None = strawberry.field(
        default=UNSET, description="Sent again with the same wish it gives the first answer again."
    )


@strawberry.input(description="A place for the address book.")
class AddressInput:
    county: str
    label: str = ""
    area: str = ""
    landmark: str = ""
    is_default: bool = False


def body_of(sent: Any) -> Any:
    """Return an input as the body of a request; what is null was not sent."""
    if isinstance(sent, list):
        return [body_of(each) for each in sent]
    definition = get_object_definition(sent)
    if definition is None:
        return sent
    values = {field.python_name: getattr(sent, field.python_name) for field in definition.fields}
    return {
        name: body_of(value)
        for name, value in values.items()
        if value is not None and value is not UNSET
    }
