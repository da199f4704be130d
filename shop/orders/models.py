"""What was agreed. An order repeats nothing from the catalogue after it was placed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from phonenumber_field.modelfields import PhoneNumberField

from shop.core.clock import now
from shop.core.numbers import grouped, new_order_number, new_token
from shop.orders import rules


class Order(models.Model):
    """One purchase: who, where, what it costs, and where it stands."""

    # No editor asks where an order is used; keeping that up costs four statements a save.
    wagtail_reference_index_ignore = True

    class Status(models.TextChoices):
        PLACED = rules.PLACED, "Placed"
        CONFIRMED = rules.CONFIRMED, "Confirmed"
        PACKED = rules.PACKED, "Packed"
        SHIPPED = rules.SHIPPED, "On its way"
        DELIVERED = rules.DELIVERED, "Delivered"
        CANCELLED = rules.CANCELLED, "Cancelled"

    class PaymentStatus(models.TextChoices):
        UNPAID = "unpaid", "Not paid yet"
        PAID = "paid", "Paid"
        REFUNDED = "refunded", "Refunded"

    number = models.CharField(max_length=12, unique=True, default=new_order_number)
    token = models.CharField(max_length=32, unique=True, default=new_token)
    # The wish that made this order: a second click on the same form or cart finds it by this.
    checkout_key = models.CharField(max_length=64, unique=True, null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="orders",
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.PLACED)
    payment_status = models.CharField(
        max_length=10, choices=PaymentStatus, default=PaymentStatus.UNPAID
    )
    payment_method = models.CharField(max_length=30)

    name = models.CharField(max_length=120)
    phone = PhoneNumberField()
    email = models.EmailField(blank=True)
    county = models.CharField(max_length=80, blank=True)
    area = models.CharField(max_length=120, blank=True)
    landmark = models.CharField(max_length=200, blank=True)
    notes = models.TextField(max_length=1000, blank=True)
    notify_sms = models.BooleanField(default=True)
    notify_email = models.BooleanField(default=True)

    delivery_method = models.CharField(max_length=50)
    delivery_name = models.CharField(max_length=80)
    currency = models.CharField(max_length=3)
    subtotal = models.DecimalField(max_digits=14, decimal_places=2)
    discount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    delivery_fee = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    tax = models.DecimalField(max_digits=14, decimal_places=2, help_text="VAT contained in total")
    total = models.DecimalField(max_digits=14, decimal_places=2)
    placed_at = models.DateTimeField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            models.Index(fields=["-placed_at", "-id"], name="order_by_time"),
            models.Index(fields=["status", "-placed_at"], name="order_by_status"),
            models.Index(fields=["phone"], name="order_by_phone"),
        ]

    # What receivers of post_save may ask: the lines agreed on, though their rows come right after
    # a new order's, and the status before a move.
    agreed_lines: list[OrderLine] | None = None
    previous_status: str | None = None

    def __str__(self) -> str:
        return self.readable_number

    def get_absolute_url(self) -> str:
        return reverse("order", args=[self.token])

    @property
    def readable_number(self) -> str:
        """The number as people read it out."""
        return grouped(self.number)

    @property
    def place(self) -> str:
        """Where it goes, in one line."""
        return ", ".join(filter(None, [self.landmark, self.area, self.county]))


class OrderLine(models.Model):
    """Some units of a variant as they were sold; survives the product."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    product_id = models.BigIntegerField()
    variant_id = models.BigIntegerField()
    sku = models.CharField(max_length=64)
    name = models.CharField(max_length=300)
    options = models.CharField(max_length=300, blank=True)
    quantity = models.PositiveIntegerField()
    unit_price = models.DecimalField(max_digits=12, decimal_places=2)
    line_total = models.DecimalField(max_digits=14, decimal_places=2)
    tax_class = models.CharField(max_length=10)
    tax_percent = models.DecimalField(max_digits=5, decimal_places=2)
    tax = models.DecimalField(max_digits=12, decimal_places=2, help_text="VAT contained")

    def __str__(self) -> str:
        return f"{self.quantity} x {self.name}"


class OrderEvent(models.Model):
    """One line of an order's timeline."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=30)
    text = models.CharField(max_length=300, blank=True)
    actor = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return f"{self.kind} {self.text}".strip()
