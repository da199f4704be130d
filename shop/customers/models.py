"""People with an account: customers and staff alike."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from phonenumber_field.modelfields import PhoneNumberField


class User(AbstractUser):
    """A person who can log in. Guests buy without one."""

    email = models.EmailField("email address", blank=True)
    phone = PhoneNumberField(null=True, blank=True, unique=True)

    def __str__(self) -> str:
        return self.get_full_name() or self.email or self.username
