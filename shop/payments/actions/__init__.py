"""Begin payments, ask for them, and settle them."""

from shop.payments.actions.begin import (
    cancel_unsent,
    confirm,
    pending,
    require_method,
    require_pause,
    start,
)
from shop.payments.actions.card_page import open_card_page, sweep_card_pages
from shop.payments.actions.events import (
    begin_to_apply,
    is_transfer_token,
    keep,
    keep_notice,
    keep_result,
    transfer_token,
)
from shop.payments.actions.prompt import send_prompt, sweep_prompts

__all__ = [
    "begin_to_apply",
    "cancel_unsent",
    "confirm",
    "is_transfer_token",
    "keep",
    "keep_notice",
    "keep_result",
    "open_card_page",
    "pending",
    "require_method",
    "require_pause",
    "send_prompt",
    "start",
    "sweep_card_pages",
    "sweep_prompts",
    "transfer_token",
]
