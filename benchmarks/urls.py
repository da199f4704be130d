"""The shop's addresses, and the yardsticks beside them."""

from django.urls import path

from benchmarks import yardsticks
from settings.urls import *  # noqa: F403
from settings.urls import urlpatterns as shop

urlpatterns = [
    path("yardstick/order/", yardsticks.order),
    *shop,
]
