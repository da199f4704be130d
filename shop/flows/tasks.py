"""What the worker runs of the journeys that cross apps."""

from shop.flows import apply_provider_event as provider_events
from shop.flows import ask_about_prompts as questions
from shop.flows import daily_report
from shop.flows import refund_send as refunds
from shop.flows import release_unpaid_orders as unpaid
from shop.flows.erase_orders import erase_orders_past_their_time


def forget_old_buyers() -> int:
    """Erase who bought from orders past the legal period; runs every hour."""
    return erase_orders_past_their_time()


def apply_provider_event(event_id: int) -> None:
    """Apply one thing that a payment provider told."""
    provider_events.apply_provider_event(event_id=event_id)


def ask_about_prompt(payment_id: int) -> None:
    """Ask what became of one prompt if that is due."""
    questions.ask_about_prompt(payment_id=payment_id)


def send_refund(refund_id: int) -> None:
    """Ask a provider to give money back if that is due."""
    refunds.send_refund(refund_id=refund_id)


def sweep_prompts_and_events() -> None:
    """Queue questions, events and refunds that are due or were left lying; runs every minute."""
    questions.sweep_prompts_and_events()
    refunds.sweep_refunds()


def send_daily_report() -> int:
    """Write yesterday's report when its hour has come; looks every ten minutes."""
    return daily_report.send_daily_report()


def release_unpaid_orders() -> int:
    """Cancel orders that nobody paid in time; runs every minute."""
    return unpaid.release_unpaid_orders()
