"""Carts and orders as GraphQL says them: the answers of the REST addresses, field by field."""

from datetime import datetime
from typing import Any

import strawberry

from shop.api.graphql.parcels import Shipment
from shop.api.graphql.scalars import Money


@strawberry.type(description="What one offer or the voucher takes off all lines together.")
class Reduction:
    kind: str = strawberry.field(description="offer or voucher")
    name: str
    amount: Money


@strawberry.type(description="Why a voucher does not count.")
class VoucherProblem:
    code: str
    detail: str


@strawberry.type(description="The voucher of a cart; one that does not count now says why.")
class Voucher:
    code: str
    applied: bool
    amount: Money
    free_delivery: bool
    problem: VoucherProblem | None


@strawberry.type(description="What is paid at one VAT rate, and the VAT contained in it.")
class Tax:
    tax_class: str
    percent: str
    gross: Money
    tax: Money


@strawberry.type(description="A place where orders are fetched.")
class PickupPoint:
    id: strawberry.ID = strawberry.field(description="What orders name it by.")
    name: str
    address: str
    hours: str


@strawberry.type(description="Where an order is fetched, as it was said when it was placed.")
class AgreedPoint:
    id: strawberry.ID
    place: str


@strawberry.type(description="A way of delivery, with its fee for the cart.")
class DeliveryOption:
    code: str = strawberry.field(description="What orders name it by.")
    label: str
    description: str
    needs_address: bool
    fee: Money
    currency: str
    zone: str
    free_from: Money | None
    free_because: str | None = strawberry.field(description="free_from or voucher")
    pickup_points: list[PickupPoint]


@strawberry.type(description="One thing that made the total what it is, and why.")
class QuoteStep:
    kind: str = strawberry.field(description="price, offer, voucher, delivery or tax")
    name: str
    why: str
    amount: Money


@strawberry.type(description="What the cart costs, delivered.")
class Quote:
    currency: str
    subtotal: Money
    discount: Money
    reductions: list[Reduction]
    voucher: Voucher | None
    delivery_method: str | None
    pickup_point: strawberry.ID | None
    delivery_fee: Money
    tax: Money
    taxes: list[Tax]
    total: Money
    rounding: Money
    payable: Money
    steps: list[QuoteStep]


@strawberry.type(description="A line of the cart at today's price.")
class CartLine:
    id: strawberry.ID
    product: strawberry.ID | None
    variant: strawberry.ID | None
    sku: str
    name: str
    options: str
    quantity: int
    unit_price: Money | None
    price_when_added: Money
    price_changed: bool
    line_total: Money | None = strawberry.field(description="Before the discount.")
    discount: Money | None
    available: int | None
    gone: bool = strawberry.field(description="It can no longer be bought.")


@strawberry.type(description="What somebody wants to buy.")
class Cart:
    token: str | None = strawberry.field(description="Send a guest's as X-Cart-Token.")
    currency: str
    lines: list[CartLine]
    count: int
    subtotal: Money
    discount: Money
    reductions: list[Reduction]
    voucher: Voucher | None
    total: Money = strawberry.field(description="Without delivery.")
    can_be_ordered: bool


@strawberry.type
class OrderLine:
    product: strawberry.ID | None
    variant: strawberry.ID | None
    sku: str
    name: str
    options: str
    quantity: int
    unit_price: Money
    line_total: Money = strawberry.field(description="Before the discount.")
    discount: Money
    tax: Money


@strawberry.type
class Contact:
    name: str
    phone: str
    email: str
    buyer_pin: str


@strawberry.type
class Place:
    county: str
    area: str
    landmark: str


@strawberry.type
class Notify:
    sms: bool
    email: bool


@strawberry.type
class OrderPayment:
    method: str
    status: str
    amount: Money
    currency: str


@strawberry.type(description="One attempt to pay an order.")
class Payment:
    id: strawberry.ID
    method: str
    status: str
    amount: Money
    refunded: Money
    currency: str
    redirect_url: str = strawberry.field(
        description="Where the payer goes to pay by card, once its page is made."
    )
    phone: str
    reference: str
    receipt: str
    reason_code: str
    reason: str
    created_at: datetime
    updated_at: datetime


@strawberry.type(description="What was agreed; later changes of the catalogue change nothing here.")
class Order:
    id: strawberry.ID
    number: str
    token: str = strawberry.field(description="Lets its holder read and cancel the order.")
    status: str
    currency: str
    items: list[OrderLine]
    subtotal: Money
    discount: Money
    reductions: list[Reduction]
    voucher: str | None
    delivery_fee: Money
    tax: Money
    taxes: list[Tax]
    total: Money
    rounding: Money = strawberry.field(description="To whole shillings, by how it is paid.")
    payable: Money
    placed_at: datetime
    contact: Contact
    address: Place
    delivery_method: str
    pickup_point: AgreedPoint | None
    payment_method: str
    payment_status: str
    payment: OrderPayment | None
    notify: Notify
    notes: str
    track_url: str

    @strawberry.field(description="Its parcels; a new order has none yet.")
    def shipments(self) -> list[Shipment]:
        told: dict[str, Any] = self  # type: ignore[assignment]
        parcels: list[Shipment] = told.get("shipments", [])
        return parcels
