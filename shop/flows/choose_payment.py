"""Pay in the way that a shopper has just chosen, and let the one before go."""

from dataclasses import replace

from shop.core.errors import Conflict
from shop.flows.ask_about_prompts import apply_answer
from shop.flows.pay_order import pay_order
from shop.flows.settle_payment import in_fresh_transactions
from shop.orders.models import Order
from shop.payments import actions as payments
from shop.payments import rules
from shop.payments.gateways import GATEWAYS
from shop.payments.gateways.answer import MONEY
from shop.payments.gateways.stripe_card import CODE as CARD
from shop.payments.gateways.stripe_card import StripeCard
from shop.payments.models import Payment
from shop.payments.queries import open_card_pages


def choose_payment(
    *, order_id: int, method: str = "", phone: str = "", actor: str = ""
) -> tuple[Payment, bool]:
    """Begin to pay as `pay_order` does; an open card page is closed before another way begins.

    Its provider is asked in the request, outside any transaction: only its answer says that nobody
    pays twice. Money that had come there pays the order. Raises what `pay_order` raises, or
    Conflict `card_page_open` where the page could not be closed.
    """
    order = Order.objects.get(pk=order_id)
    code = payments.require_method(method or order.payment_method)
    if code != CARD:
        GATEWAYS[code].payer(phone or str(order.phone or ""))  # a slip of the finger closes nothing
        for payment in open_card_pages(order_id):
            _leave(payment)
    return pay_order(order_id=order_id, method=method, phone=phone, actor=actor)


def _leave(payment: Payment) -> None:
    told = StripeCard().close_page(payment)
    if told.result is None:
        raise Conflict(
            "card_page_open",
            "The page for your card is still open and our card service does not let us close it"
            " now. Pay there, or try again in a minute.",
        )
    came = told.result.code == MONEY
    result = told.result if came else replace(told.result, code=rules.LEFT, description="")
    in_fresh_transactions(lambda: apply_answer(payment, result, told.body))
