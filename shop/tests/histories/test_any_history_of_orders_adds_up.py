"""Whatever happens to orders in whatever sequence: goods, money and messages add up."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from hypothesis.stateful import run_state_machine_as_test

from shop.pricing.models import Voucher
from shop.tests import mpesa
from shop.tests.factories import first_variant, make_product
from shop.tests.fakes.africastalking import fake_africastalking
from shop.tests.fakes.daraja import fake_daraja
from shop.tests.histories.buyers import VOUCHER
from shop.tests.histories.machine import OrderHistories

pytestmark = pytest.mark.django_db

# The suite tries the same few lives each time; so many as are asked for are invented anew.
ASKED_FOR = os.environ.get("HISTORIES", "")
HISTORIES = int(ASKED_FOR or 25)
STEPS = 25


def test_any_history_of_orders_adds_up(shop_site: Any, settings: Any) -> None:
    settings.ADMIN_EMAIL = ""
    settings.MPESA_INITIATOR, settings.MPESA_SECURITY_CREDENTIAL = "amina", "c2VhbGVk"
    settings.BANK_TRANSFER_DETAILS = "Equity Bank, 0123456789"
    settings.AFRICASTALKING_USERNAME, settings.AFRICASTALKING_API_KEY = "duka", "secret"
    with fake_daraja() as safaricom, fake_africastalking() as sms:
        mpesa.set_up(settings, safaricom.url)
        settings.AFRICASTALKING_BASE_URL = sms.url
        variants = [
            first_variant(make_product(name, price=price, stock=stock)).pk
            for name, price, stock in (("Clay pot", "116.50", 6), ("Sisal mat", "850", 3))
        ]
        Voucher.objects.create(code=VOUCHER, value=10, limit=3)
        OrderHistories.fake, OrderHistories.sms = safaricom, sms
        OrderHistories.variants = variants
        run_state_machine_as_test(OrderHistories, settings=INVENTED)


INVENTED = hypothesis_settings(
    max_examples=HISTORIES,
    derandomize=not ASKED_FOR,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)
