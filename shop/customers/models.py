"""People with an account, and what the shop knows of them."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from shop.core.clock import now


class User(AbstractUser):
    """A person who can log in. Guests buy without one."""

    email = models.EmailField("email address", blank=True)
    phone = PhoneNumberField(null=True, blank=True, unique=True)
    phone_verified = models.BooleanField(_("phone proved by a code"), default=False)
    # Name, email and phone as an identity provider last told them: what still equals them was not
    # changed by the customer, so that the provider's next word may replace it.
    claimed = models.JSONField(default=dict, blank=True, editable=False)
    # Whether the rights of staff do not count in this request; what is their own stays theirs.
    rights_withheld = False

    class Meta(AbstractUser.Meta):
        # What staff may do with customers without the right to change every account.
        permissions = [
            ("deactivate_user", _("Can lock customers out and let them in")),
            ("export_user", _("Can take out what is kept about a customer")),
            ("erase_user", _("Can delete a customer's account")),
        ]

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Tell whether the person has a right, and it counts in this request."""
        return not self.rights_withheld and bool(super().has_perm(perm, obj))

    def __str__(self) -> str:
        return self.get_full_name() or self.email or str(self.phone or "") or self.username


class Address(models.Model):
    """A place that a customer has things brought to."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="addresses")
    label = models.CharField(_("label"), max_length=40, blank=True, help_text=_("Home, office ..."))
    county = models.CharField(_("county or town"), max_length=80)
    area = models.CharField(_("area"), max_length=120, blank=True)
    landmark = models.CharField(_("landmark"), max_length=200, blank=True)
    is_default = models.BooleanField(_("offered first"), default=False)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(is_default=True), name="one_default_address"
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.landmark, self.area, self.county]))


class Consent(models.Model):
    """One answer to one question, kept for ever with its time; the latest one counts.

    Source: Kenya's Data Protection Act 2019 asks for clear, separate, provable consent.
    """

    class Purpose(models.TextChoices):
        ORDER_SMS = "order_sms", _("Messages about my orders by SMS")
        ORDER_EMAIL = "order_email", _("Messages about my orders by email")
        MARKETING_SMS = "marketing_sms", _("Offers by SMS")
        MARKETING_EMAIL = "marketing_email", _("Offers by email")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    given = models.BooleanField()
    source = models.CharField(max_length=40, help_text=_("Where it was asked: account, api ..."))
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["user", "purpose", "-id"], name="consent_latest")]

    def __str__(self) -> str:
        return f"{self.purpose}: {'yes' if self.given else 'no'}"


class WishlistItem(models.Model):
    """A product that a customer wants to find again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="wishes")
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "product"], name="one_wish_a_product"),
        ]

    def __str__(self) -> str:
        return f"product {self.product_id}"


class CustomerNote(models.Model):
    """What staff should know about a customer; the customer can ask to read it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(max_length=1000)
    actor = models.CharField(max_length=150)
    created_at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return self.text[:60]
