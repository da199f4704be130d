"""Who is asked to work in the shop's admin."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shop.core.clock import now

INVITATION_LIFETIME = timedelta(days=3)


class InvitationQuerySet(models.QuerySet["StaffInvitation"]):
    """Words that invitations are asked with."""

    def unanswered(self) -> "InvitationQuerySet":
        """Neither accepted nor revoked; their time may be over."""
        return self.filter(accepted_at=None, revoked_at=None)


class StaffInvitation(models.Model):
    """A link that lets one person in, once, until its time is over."""

    email = models.EmailField(_("email address"))
    role = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    # What the link proves; signed in the link, so that reading this table opens nothing.
    key = models.CharField(max_length=32, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=now, editable=False)
    expires_at = models.DateTimeField(editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="one_unanswered_invitation",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write addresses in one way, and end what has no end yet."""
        self.email = self.email.lower()
        self.expires_at = self.expires_at or self.created_at + INVITATION_LIFETIME
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        """Whether its link still lets somebody in."""
        return not (self.accepted_at or self.revoked_at) and now() < self.expires_at
