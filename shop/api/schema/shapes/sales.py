"""Shapes of carts, orders and messages."""

from rest_framework import serializers as s

from shop.api.schema.shapes.basics import Shape, money


class ReductionShape(Shape):
    """What one offer or the voucher takes off all lines together."""

    kind = s.ChoiceField(choices=["offer", "voucher"])
    name = s.CharField()
    amount = money()


class VoucherProblemShape(Shape):
    """Why a voucher does not count."""

    code = s.CharField()
    detail = s.CharField()


class VoucherShape(Shape):
    """The voucher of a cart; one that does not count now takes nothing off and says why."""

    code = s.CharField()
    applied = s.BooleanField()
    amount = money()
    free_delivery = s.BooleanField()
    problem = VoucherProblemShape(allow_null=True)


class TaxShape(Shape):
    """What is paid at one VAT rate, and the VAT contained in it."""

    tax_class = s.CharField()
    percent = s.CharField()
    gross = money()
    tax = money()


class PickupPointShape(Shape):
    """A place where orders are fetched."""

    id = s.IntegerField(help_text="What orders name it by")
    name = s.CharField()
    address = s.CharField()
    hours = s.CharField()


class AgreedPointShape(Shape):
    """Where an order is fetched, in the words of when it was placed."""

    id = s.IntegerField()
    place = s.CharField()


class CartLineShape(Shape):
    """A line of a cart; what is gone has no price."""

    id = s.IntegerField()
    product = s.IntegerField(allow_null=True)
    variant = s.IntegerField(allow_null=True)
    sku = s.CharField()
    name = s.CharField()
    options = s.CharField()
    quantity = s.IntegerField()
    unit_price = money(allow_null=True)
    price_when_added = money()
    price_changed = s.BooleanField()
    line_total = money(allow_null=True, help_text="Before the discount")
    discount = money(allow_null=True)
    available = s.IntegerField(allow_null=True)
    gone = s.BooleanField()


class CartShape(Shape):
    """A cart. A guest sends `token` back as X-Cart-Token."""

    token = s.CharField(allow_null=True)
    currency = s.CharField()
    lines = CartLineShape(many=True)
    count = s.IntegerField()
    subtotal = money()
    discount = money()
    reductions = ReductionShape(many=True)
    voucher = VoucherShape(allow_null=True)
    total = money(help_text="Without delivery")
    can_be_ordered = s.BooleanField()


class DeliveryWayShape(Shape):
    """A way of delivery, with its fee for the cart."""

    code = s.CharField(help_text="What orders name it by")
    label = s.CharField()  # type: ignore[assignment]
    description = s.CharField()
    needs_address = s.BooleanField()
    fee = money()
    currency = s.CharField()
    zone = s.CharField()
    free_from = money(allow_null=True)
    free_because = s.ChoiceField(choices=["free_from", "voucher"], allow_null=True)
    pickup_points = PickupPointShape(many=True)


class QuoteStepShape(Shape):
    """One thing that made the total what it is; all but `tax`, which is contained, add up to it."""

    kind = s.ChoiceField(choices=["price", "offer", "voucher", "delivery", "tax"])
    name = s.CharField()
    why = s.CharField()
    amount = money()


class QuoteShape(Shape):
    """What the cart costs, delivered."""

    currency = s.CharField()
    subtotal = money()
    discount = money()
    reductions = ReductionShape(many=True)
    voucher = VoucherShape(allow_null=True)
    delivery_method = s.CharField(allow_null=True)
    pickup_point = s.IntegerField(allow_null=True)
    delivery_fee = money()
    tax = money(help_text="VAT contained in total")
    taxes = TaxShape(many=True)
    total = money(help_text="subtotal - discount + delivery_fee")
    rounding = money(help_text="To whole shillings, by how it is paid")
    payable = money(help_text="total + rounding")
    steps = QuoteStepShape(many=True)


class OrderLineShape(Shape):
    """A line of an order, as it was agreed."""

    product = s.IntegerField()
    variant = s.IntegerField()
    sku = s.CharField()
    name = s.CharField()
    options = s.CharField()
    quantity = s.IntegerField()
    unit_price = money()
    line_total = money(help_text="Before the discount")
    discount = money()
    tax = money(help_text="VAT contained in the line less its discount")


class PaymentShape(Shape):
    """How an order is paid."""

    method = s.CharField()
    status = s.CharField()
    amount = money()
    currency = s.CharField()


class ContactShape(Shape):
    """How to reach the buyer."""

    name = s.CharField()
    phone = s.CharField(help_text="E.164")
    email = s.CharField()
    buyer_pin = s.CharField(help_text="KRA PIN, where one was given", allow_blank=True)


class PlaceShape(Shape):
    """Where an order goes."""

    county = s.CharField()
    area = s.CharField()
    landmark = s.CharField()


class WishesShape(Shape):
    """Which messages the buyer wants."""

    sms = s.BooleanField()
    email = s.BooleanField()


class OrderShape(Shape):
    """An order."""

    id = s.IntegerField()
    number = s.CharField()
    token = s.CharField(help_text="Opens the order to whoever holds it")
    status = s.CharField()
    currency = s.CharField()
    items = OrderLineShape(many=True)
    subtotal = money()
    discount = money(help_text="The sum of the lines' discounts")
    reductions = ReductionShape(many=True)
    voucher = s.CharField(allow_null=True)
    delivery_fee = money()
    tax = money(help_text="VAT contained in total")
    taxes = TaxShape(many=True)
    total = money(help_text="subtotal - discount + delivery_fee")
    rounding = money(help_text="To whole shillings, by how it is paid")
    payable = money(help_text="total + rounding")
    placed_at = s.DateTimeField()
    contact = ContactShape()
    address = PlaceShape()
    delivery_method = s.CharField()
    pickup_point = AgreedPointShape(allow_null=True)
    payment_method = s.CharField()
    payment_status = s.CharField()
    payment = PaymentShape(allow_null=True)
    notify = WishesShape()
    notes = s.CharField()
    track_url = s.URLField()


class NextShape(Shape):
    """How many there are, and where the next page is."""

    total_count = s.IntegerField()
    next = s.URLField(allow_null=True)


class OrderPageShape(Shape):
    """A page of orders, newest first."""

    meta = NextShape()
    items = OrderShape(many=True)


class MessageShape(Shape):
    """What somebody was told; staff see attempts and reasons too."""

    id = s.IntegerField()
    event = s.CharField()
    channel = s.CharField()
    recipient = s.CharField()
    status = s.CharField()
    subject = s.CharField()
    body = s.CharField()
    created_at = s.DateTimeField()
    sent_at = s.DateTimeField(allow_null=True, help_text="Accepted by the provider")
    delivered_at = s.DateTimeField(allow_null=True, help_text="Reported by the carrier; SMS only")
    attempts = s.IntegerField(required=False)
    next_attempt_at = s.DateTimeField(required=False, allow_null=True)
    provider_id = s.CharField(required=False)
    reason = s.CharField(required=False)
    carrier_state = s.CharField(required=False)
    cost = s.CharField(required=False, help_text="As the provider says it: KES 0.8000")
    parts = s.IntegerField(required=False, allow_null=True)
