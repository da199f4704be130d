"""Carts."""

from django.conf import settings
from django.db import models

from shop.core.numbers import new_token


class Cart(models.Model):
    """What somebody is about to buy. A guest's is found by its token, a customer's by the user."""

    # No editor asks which carts use a thing; keeping that up costs four statements a save.
    wagtail_reference_index_ignore = True

    token = models.CharField(max_length=32, unique=True, default=new_token)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="cart",
    )
    # Every checkout form of this cart carries it, so two tabs or two clicks make one order.
    checkout_key = models.CharField(max_length=32, default=new_token)
    # What the owner typed; whether it counts is judged anew each time the cart is looked at.
    voucher_code = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"cart {self.pk}"


class CartLine(models.Model):
    """Some units of one variant, with the price its buyer saw when adding it."""

    wagtail_reference_index_ignore = True

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey(
        "catalog.Variant", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=400, help_text="Said when the product went away")
    sku = models.CharField(max_length=64, blank=True)
    quantity = models.PositiveIntegerField()
    price_when_added = models.DecimalField(max_digits=12, decimal_places=2)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cart", "variant"], name="one_line_a_variant"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="line_has_units"),
        ]
        # The report of carts left behind looks at some days.
        indexes = [models.Index(fields=["created_at"], name="cart_lines_by_time")]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.name}"
