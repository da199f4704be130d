"""Shapes of receipts and credit notes."""

from rest_framework import serializers as s

from shop.api.schema.shapes.basics import Shape, money
from shop.invoicing.models import TaxDocument


class SellerShape(Shape):
    """Who sold, as the document says it."""

    name = s.CharField()
    pin = s.CharField(allow_blank=True)
    address = s.CharField(allow_blank=True)
    phone = s.CharField(allow_blank=True)
    email = s.CharField(allow_blank=True)


class BuyerShape(Shape):
    """Who bought; empty once the legal period is over."""

    name = s.CharField(allow_blank=True)
    pin = s.CharField(allow_blank=True, help_text="KRA PIN, where one was given")


class TaxedLineShape(Shape):
    """A line; `total` is after the discount and contains `tax`."""

    code = s.CharField(allow_blank=True, help_text="SKU; DELIVERY; empty for money without goods")
    name = s.CharField()
    options = s.CharField(allow_blank=True)
    quantity = s.IntegerField()
    unit_price = money()
    discount = money()
    tax_class = s.CharField()
    tax_percent = money()
    total = money()
    tax = money()


class TaxSumShape(Shape):
    """What the lines of one tax class come to."""

    tax_class = s.CharField()
    tax_percent = money()
    net = money()
    tax = money()
    gross = money()


class SettlementShape(Shape):
    """How the money came, or went back."""

    method = s.CharField()
    label = s.CharField()  # type: ignore[assignment]
    reference = s.CharField(allow_blank=True)
    amount = money()
    at = s.DateTimeField()


class FiscalShape(Shape):
    """What the tax authority's control unit said; empty until it did."""

    control_unit = s.CharField(allow_blank=True)
    number = s.CharField(allow_blank=True)
    signature = s.CharField(allow_blank=True)
    qr = s.CharField(allow_blank=True, help_text="The text of the QR code")


class TaxDocumentShape(Shape):
    """An invoice or a credit note; nothing in it changes after it was issued."""

    number = s.CharField()
    kind = s.ChoiceField(TaxDocument.Kind.choices)
    issued_at = s.DateTimeField()
    order = s.CharField(help_text="The order's number")
    invoice = s.CharField(allow_null=True, help_text="What a credit note refers to")
    seller = SellerShape()
    buyer = BuyerShape()
    currency = s.CharField()
    lines = TaxedLineShape(many=True)
    taxes = TaxSumShape(many=True)
    net = money()
    tax = money(help_text="VAT contained in total")
    total = money()
    rounding = money(help_text="What the way of paying adds to the total or takes off it")
    payment = SettlementShape(allow_null=True, help_text="Null while the invoice is unpaid")
    fiscal = FiscalShape()
    html_url = s.URLField()
    pdf_url = s.URLField()


class ReceiptShape(TaxDocumentShape):
    """An order's invoice, a receipt once it is paid, with its credit notes."""

    credit_notes = TaxDocumentShape(many=True)
