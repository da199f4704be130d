"""What the pretend providers remember."""

import secrets
import string
from datetime import datetime, timedelta

from django.db import models

from shop.core.clock import now
from shop.simulators import rules


def new_checkout_id() -> str:
    """Return an id as M-Pesa Express gives to a prompt."""
    return f"ws_CO_{secrets.randbelow(10**20):020}"


def new_merchant_id() -> str:
    """Return an id as M-Pesa Express gives to a request."""
    return f"{secrets.randbelow(90_000) + 10_000}-{secrets.randbelow(10**8):08}-1"


def new_conversation_id() -> str:
    """Return an id as Daraja gives to a reversal."""
    return f"AG_{now():%Y%m%d}_{secrets.token_hex(10)}"


def new_receipt() -> str:
    """Return ten signs like those of an M-Pesa receipt."""
    signs = string.ascii_uppercase + string.digits
    return "S" + "".join(secrets.choice(signs) for _ in range(9))


def new_message_id() -> str:
    """Return an id as Africa's Talking gives to an SMS."""
    return f"ATXid_{secrets.token_hex(16)}"


class Prompt(models.Model):
    """A question for the PIN on a phone. Without a result nobody has answered it yet."""

    wagtail_reference_index_ignore = True

    checkout_id = models.CharField(max_length=40, unique=True, default=new_checkout_id)
    merchant_id = models.CharField(max_length=40, default=new_merchant_id)
    receipt = models.CharField(max_length=12, unique=True, default=new_receipt)
    phone = models.CharField(max_length=12, db_index=True)
    amount = models.PositiveIntegerField()
    shortcode = models.CharField(max_length=10)
    reference = models.CharField(max_length=12)
    description = models.CharField(max_length=13)
    callback_url = models.URLField(max_length=500)
    created_at = models.DateTimeField(default=now)
    result = models.CharField(max_length=10, blank=True)
    result_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.phone}: {self.amount}"

    @property
    def expires_at(self) -> datetime:
        """Until when somebody may answer."""
        return self.created_at + timedelta(seconds=rules.PATIENCE)

    def result_by(self, moment: datetime) -> str:
        """Return the result code as M-Pesa knows it at `moment`, "" while it is open."""
        if self.result_at is not None:
            return self.result if self.result_at <= moment else ""
        return rules.UNREACHABLE if self.expires_at <= moment else ""


class Text(models.Model):
    """An SMS on its way to a phone; `code` is Africa's Talking's for it."""

    wagtail_reference_index_ignore = True

    message_id = models.CharField(max_length=50, unique=True, default=new_message_id)
    phone = models.CharField(max_length=16, db_index=True)
    sender = models.CharField(max_length=20, blank=True)
    body = models.TextField()
    code = models.PositiveSmallIntegerField(default=rules.SMS_TAKEN)
    parts = models.PositiveSmallIntegerField(default=1)
    # Written on the phone, not for it.
    is_reply = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.phone}: {self.body[:40]}"

    @property
    def status(self) -> str:
        """The code in Africa's Talking's word."""
        return rules.SMS_STATUS[self.code]


class Transfer(models.Model):
    """Money that somebody sent by Paybill, so that it can go back."""

    wagtail_reference_index_ignore = True

    receipt = models.CharField(max_length=12, unique=True)
    phone = models.CharField(max_length=12, db_index=True)
    amount = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.phone}: {self.amount}"


class Reversal(models.Model):
    """Money that a shop gives back, and what became of it."""

    wagtail_reference_index_ignore = True

    conversation_id = models.CharField(max_length=40, unique=True, default=new_conversation_id)
    originator_id = models.CharField(max_length=40, default=new_merchant_id)
    original = models.CharField(max_length=12, db_index=True)
    receipt = models.CharField(max_length=12, unique=True, default=new_receipt)
    phone = models.CharField(max_length=12, blank=True)
    amount = models.PositiveIntegerField()
    result = models.CharField(max_length=10)
    result_url = models.URLField(max_length=500)
    timeout_url = models.URLField(max_length=500)
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.original}: {self.amount}"


class TransferAddresses(models.Model):
    """Where a shop wants to hear of money by Paybill, as it registered."""

    wagtail_reference_index_ignore = True

    shortcode = models.CharField(max_length=10, unique=True)
    confirmation_url = models.URLField(max_length=500)
    validation_url = models.URLField(max_length=500)

    def __str__(self) -> str:
        return self.shortcode
