"""Shapes of what only staff see."""

from rest_framework import serializers as s

from shop.api.schema.shapes.basics import Shape, money
from shop.notifications.rules import ALERT_LEVELS


class SalesShape(Shape):
    """What was sold, less what went back; cancelled and repaid orders do not count."""

    orders = s.IntegerField()
    revenue = money()
    average_order = money()
    paid_orders = s.IntegerField()
    paid = money()
    unpaid_orders = s.IntegerField()
    unpaid = money()
    carts_left = s.IntegerField(help_text="Filled in these days, and not bought")
    conversion = s.DecimalField(
        max_digits=4,
        decimal_places=1,
        allow_null=True,
        help_text="Of a hundred filled carts, how many became an order",
    )


class PeriodsShape(Shape):
    """Days as the shop's own clock has them, today among them."""

    today = SalesShape()
    last_7_days = SalesShape()
    last_30_days = SalesShape()


class DaySalesShape(Shape):
    """What was sold on one day."""

    date = s.DateField()
    orders = s.IntegerField()
    revenue = money()


class BestSellerShape(Shape):
    """A product that sold well, by what it brought."""

    product = s.IntegerField(help_text="May have left the shop since")
    name = s.CharField()
    units = s.IntegerField()
    revenue = money()


class DashboardShape(Shape):
    """How the shop is doing, and what waits for somebody."""

    currency = s.CharField()
    periods = PeriodsShape()
    to_confirm = s.IntegerField()
    to_pack = s.IntegerField()
    to_ship = s.IntegerField(help_text="Packed, or partly on their way")
    on_their_way = s.IntegerField()
    failed_messages = s.IntegerField()
    low_stock = s.IntegerField(help_text="Variants at or below their threshold")
    unpaid_too_long = s.IntegerField(help_text="Orders that nobody paid in three days")
    unmatched_money = s.IntegerField(help_text="Matters of money that people must decide")
    unbuyable_products = s.IntegerField(help_text="Published, but sold out or on no shelf")
    sales_by_day = DaySalesShape(many=True, help_text="The last 30 days, empty ones too")
    best_sellers = BestSellerShape(many=True, help_text="Of the last 30 days")


class CustomerShape(Shape):
    """Somebody with an account, and what they bought."""

    id = s.IntegerField()
    name = s.CharField(allow_blank=True)
    email = s.CharField(allow_blank=True)
    phone = s.CharField(allow_null=True, help_text="E.164")
    phone_verified = s.BooleanField()
    is_active = s.BooleanField()
    joined_at = s.DateTimeField()
    orders = s.IntegerField()
    spent = money()
    currency = s.CharField()
    last_order_at = s.DateTimeField(allow_null=True)


class StockedProductShape(Shape):
    """The product of a variant, for sale or not."""

    id = s.IntegerField()
    name = s.CharField()
    live = s.BooleanField()
    detail_url = s.URLField()


class LowStockShape(Shape):
    """A variant that runs out."""

    variant = s.IntegerField()
    sku = s.CharField()
    options = s.DictField(child=s.CharField())
    product = StockedProductShape()
    available = s.IntegerField(help_text="Units that can be sold")
    on_hand = s.IntegerField()
    reserved = s.IntegerField(help_text="Units promised to orders")
    threshold = s.IntegerField()


class AlertedShape(Shape):
    """How many were told by each channel."""

    email = s.IntegerField()
    sms = s.IntegerField()


class AlertShape(Shape):
    """What was told."""

    message = s.CharField()
    level = s.ChoiceField(list(ALERT_LEVELS))
    recipients = AlertedShape()
