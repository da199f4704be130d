"""Receipts and credit notes as GraphQL says them: as they were issued."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry

from shop.api.graphql.context import Context
from shop.api.graphql.scalars import Money
from shop.api.orders.receipts import receipt_answer
from shop.orders.models import Order as StoredOrder


@strawberry.type(description="Who sold.")
class Seller:
    name: str
    pin: str
    address: str
    phone: str
    email: str


@strawberry.type(description="Who bought, as far as the books say.")
class Buyer:
    name: str
    pin: str


@strawberry.type
class ReceiptLine:
    code: str = strawberry.field(description="The item code, its SKU.")
    name: str
    options: str
    quantity: int
    unit_price: Money
    discount: Money
    tax_class: str
    tax_percent: str
    total: Money
    tax: Money


@strawberry.type(description="The VAT of one class.")
class ReceiptTax:
    tax_class: str
    tax_percent: str
    net: Money
    tax: Money
    gross: Money


@strawberry.type(description="How it was paid, or went back.")
class Settlement:
    method: str
    label: str
    reference: str
    amount: Money
    at: datetime


@strawberry.type(description="What the tax authority's control unit answered; empty before it did.")
class Fiscal:
    control_unit: str
    number: str
    signature: str
    qr: str


@strawberry.type
class Document:
    number: str
    kind: str = strawberry.field(description="invoice or credit_note; a paid invoice is a receipt")
    issued_at: datetime
    order: str = strawberry.field(description="The number of the order.")
    seller: Seller
    buyer: Buyer
    currency: str
    lines: list[ReceiptLine]
    taxes: list[ReceiptTax]
    net: Money
    tax: Money
    total: Money
    rounding: Money
    payment: Settlement | None
    fiscal: Fiscal
    html_url: str
    pdf_url: str


@strawberry.type(description="What was taken back of an invoice.")
class CreditNote(Document):
    invoice: str = strawberry.field(description="The number of the invoice.")


@strawberry.type(description="The invoice of an order, and its receipt once it is paid.")
class Receipt(Document):
    credit_notes: list[CreditNote]


def receipt_of(context: Context, order: StoredOrder) -> Any:
    """Return what the books say of an order. Raises NotFound before anything was issued."""
    answer = receipt_answer(order)
    documents = [answer, *answer["credit_notes"]]
    context.count(sum(1 + len(document["lines"]) for document in documents))
    return answer
