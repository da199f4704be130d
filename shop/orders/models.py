"""What was agreed. An order repeats nothing from the catalogue after it was placed."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.timezone import localdate, make_aware
from phonenumber_field.modelfields import PhoneNumberField

from shop.core.clock import now
from shop.core.numbers import grouped, new_order_number, new_token
from shop.orders import rules


class OrderQuerySet(models.QuerySet["Order"]):
    """Words about orders."""

    def unfinished(self) -> OrderQuerySet:
        """Keep what is still to be brought or cancelled."""
        return self.exclude(status__in=rules.FINISHED)

    def of_guests(self) -> OrderQuerySet:
        """Keep what no account has, and an account that proves the phone or email may get."""
        return self.filter(user=None, erase_after=None)

    def past_their_time(self) -> OrderQuerySet:
        """Keep what still names a person though the books need no name any more.

        An account's orders stay its own for as long as there is the account.
        """
        today = localdate(now())
        first_kept = make_aware(datetime.combine(rules.first_day_still_kept(today), time.min))
        return self.filter(
            models.Q(erase_after__lt=today) | models.Q(erase_after=None, placed_at__lt=first_kept),
            user=None,
        ).exclude(name="")


class Order(models.Model):
    """One purchase: who, where, what it costs, and where it stands."""

    # No editor asks where an order is used; keeping that up costs four statements a save.
    wagtail_reference_index_ignore = True

    class Status(models.TextChoices):
        PLACED = rules.PLACED, "Placed"
        CONFIRMED = rules.CONFIRMED, "Confirmed"
        PACKED = rules.PACKED, "Packed"
        PARTLY_SHIPPED = rules.PARTLY_SHIPPED, "Partly on its way"
        SHIPPED = rules.SHIPPED, "On its way"
        DELIVERED = rules.DELIVERED, "Delivered"
        CANCELLED = rules.CANCELLED, "Cancelled"

    class PaymentStatus(models.TextChoices):
        UNPAID = "unpaid", "Not paid yet"
        PAID = "paid", "Paid"
        PARTLY_REFUNDED = "partly_refunded", "Partly refunded"
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
    status = models.CharField(max_length=14, choices=Status, default=Status.PLACED)
    payment_status = models.CharField(
        max_length=16, choices=PaymentStatus, default=PaymentStatus.UNPAID
    )
    payment_method = models.CharField(max_length=30)

    name = models.CharField(max_length=120)
    phone = PhoneNumberField()
    email = models.EmailField(blank=True)
    county = models.CharField(max_length=80, blank=True)
    area = models.CharField(max_length=120, blank=True)
    landmark = models.CharField(max_length=200, blank=True)
    notes = models.TextField(max_length=1000, blank=True)
    # Whose business the purchase is for: printed on the invoice, in KRA's own form.
    buyer_pin = models.CharField(max_length=11, blank=True)
    notify_sms = models.BooleanField(default=True)
    notify_email = models.BooleanField(default=True)

    delivery_method = models.CharField(max_length=50)
    delivery_name = models.CharField(max_length=80)
    # Where the buyer fetches it: the point's number, and its words as they were then.
    pickup_point = models.BigIntegerField(null=True, blank=True)
    pickup_place = models.CharField(max_length=370, blank=True)
    voucher_code = models.CharField(max_length=40, blank=True)
    currency = models.CharField(max_length=3)
    subtotal = models.DecimalField(max_digits=14, decimal_places=2)
    discount = models.DecimalField(
        max_digits=14, decimal_places=2, default=0, help_text="Sum of what the lines say"
    )
    # What makes up the discount: kind (offer, voucher), name, amount.
    reductions = models.JSONField(default=list, blank=True)
    delivery_fee = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    delivery_tax_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    delivery_tax = models.DecimalField(
        max_digits=12, decimal_places=2, default=0, help_text="VAT contained in the delivery fee"
    )
    tax = models.DecimalField(max_digits=14, decimal_places=2, help_text="VAT contained in total")
    total = models.DecimalField(max_digits=14, decimal_places=2)
    rounding = models.DecimalField(
        max_digits=6, decimal_places=2, default=0, help_text="To whole shillings, by how it is paid"
    )
    # Of the total: what went back to the buyer, for figures that tell what was earned.
    refunded = models.DecimalField(
        max_digits=14, decimal_places=2, default=0, db_default=0, editable=False
    )
    placed_at = models.DateTimeField()
    updated_at = models.DateTimeField(auto_now=True)
    # Set when the buyer's account was deleted: nobody's order any more, kept for the books alone,
    # and without a person after this day.
    erase_after = models.DateField(null=True, blank=True, editable=False)

    objects = OrderQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-placed_at", "-id"], name="order_by_time"),
            models.Index(fields=["status", "-placed_at"], name="order_by_status"),
            models.Index(fields=["phone"], name="order_by_phone"),
            models.Index(
                fields=["placed_at"],
                condition=models.Q(payment_status="unpaid") & ~models.Q(status=rules.CANCELLED),
                name="orders_unpaid",
            ),
            # An account that proves an address looks for what was ordered with it.
            models.Index(
                Lower("email"), condition=models.Q(user=None), name="guest_order_by_email"
            ),
        ]

    # What receivers of post_save may ask: the lines agreed on, though their rows come right after
    # a new order's, and the status before a move.
    agreed_lines: list[OrderLine] | None = None
    previous_status: str | None = None
    # The payment that was begun with a new order, for whoever shows it at once.
    begun_payment: Any = None

    def __str__(self) -> str:
        return self.readable_number

    def get_absolute_url(self) -> str:
        return reverse("order", args=[self.token])

    @property
    def readable_number(self) -> str:
        """The number as people read it out."""
        return grouped(self.number)

    @property
    def payment_name(self) -> str:
        """How it is paid, in words."""
        words = self.payment_method.replace("_", " ").capitalize()
        return {"Mpesa": "M-Pesa"}.get(words, words)

    @property
    def payable(self) -> Decimal:
        """What is to be paid by the way that was chosen."""
        return self.total + self.rounding

    @property
    def place(self) -> str:
        """Where it goes, or where it waits to be picked up, in one line."""
        return self.pickup_place or ", ".join(filter(None, [self.landmark, self.area, self.county]))


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
    line_total = models.DecimalField(
        max_digits=14, decimal_places=2, help_text="Before the discount"
    )
    discount = models.DecimalField(
        max_digits=14, decimal_places=2, default=0, help_text="What offers and the voucher took off"
    )
    tax_class = models.CharField(max_length=10)
    tax_percent = models.DecimalField(max_digits=5, decimal_places=2)
    tax = models.DecimalField(
        max_digits=12, decimal_places=2, help_text="VAT contained in the line less its discount"
    )
    # Of the units, and of what they cost: what was paid back for this very line.
    refunded_units = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    refunded = models.DecimalField(
        max_digits=14, decimal_places=2, default=0, db_default=0, editable=False
    )

    def __str__(self) -> str:
        return f"{self.quantity} x {self.name}"

    @property
    def net(self) -> Decimal:
        """What was to be paid for the line, VAT contained."""
        return self.line_total - self.discount


class OrderEvent(models.Model):
    """One line of an order's timeline."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=30)
    text = models.CharField(max_length=300, blank=True)
    actor = models.CharField(max_length=150, blank=True)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        indexes = [
            # What was paid on which day.
            models.Index(
                fields=["created_at"], condition=models.Q(kind="paid"), name="order_events_paid"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.text}".strip()


class SavedView(models.Model):
    """A list of orders worth keeping: what its address asks for, under a name."""

    wagtail_reference_index_ignore = True

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="order_views"
    )
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)
    shared = models.BooleanField(default=False, help_text="Do all who see orders see it?")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_saved_view_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
