"""Moments in words."""

from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime


def moment(when: Any) -> str:
    """Say a moment in the shop's own time."""
    return date_format(localtime(when), "j F Y, H:i")
