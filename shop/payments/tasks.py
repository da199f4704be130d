"""What the worker runs for payments."""

from shop.payments import actions
from shop.payments.actions.statements import forget_compared_statements


def send_prompt(payment_id: int) -> None:
    """Ask the payer's phone for one payment if that is due."""
    actions.send_prompt(payment_id=payment_id)


def open_card_page(payment_id: int) -> None:
    """Have the page made on which a card is charged, if that is due."""
    actions.open_card_page(payment_id=payment_id)


def sweep() -> None:
    """Pick up prompts and card pages that were left lying, forget statements that nobody applied;
    runs every minute.
    """
    actions.sweep_prompts()
    actions.sweep_card_pages()
    forget_compared_statements()
