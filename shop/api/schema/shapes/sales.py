"""Shapes of carts, orders and messages."""

from rest_framework import serializers as s

from shop.api.schema.shapes.basics import Shape, TotalShape, money


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
    line_total = money(allow_null=True)
    available = s.IntegerField(allow_null=True)
    gone = s.BooleanField()


class CartShape(Shape):
    """A cart. A guest sends `token` back as X-Cart-Token."""

    token = s.CharField(allow_null=True)
    currency = s.CharField()
    lines = CartLineShape(many=True)
    count = s.IntegerField()
    subtotal = money()
    can_be_ordered = s.BooleanField()


class OrderLineShape(Shape):
    """A line of an order, as it was agreed."""

    product = s.IntegerField()
    variant = s.IntegerField()
    sku = s.CharField()
    name = s.CharField()
    options = s.CharField()
    quantity = s.IntegerField()
    unit_price = money()
    line_total = money()
    tax = money(help_text="VAT contained")


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
    discount = money()
    delivery_fee = money()
    tax = money(help_text="VAT contained in total")
    total = money()
    placed_at = s.DateTimeField()
    contact = ContactShape()
    address = PlaceShape()
    delivery_method = s.CharField()
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
    sent_at = s.DateTimeField(allow_null=True)


class MessagePageShape(Shape):
    """All messages of an order."""

    meta = TotalShape()
    items = MessageShape(many=True)
