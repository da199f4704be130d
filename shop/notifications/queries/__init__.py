"""What is asked of messages: words, failures, who hears of news."""

from shop.notifications.queries.audience import (
    Reach,
    audience_of,
    news_text,
    progress_of,
    reach_of,
)
from shop.notifications.queries.failures import Failure, failed_messages, failures_by_reason
from shop.notifications.queries.incoming import sms_from
from shop.notifications.queries.spending import Spending, spending_today
from shop.notifications.queries.words import (
    EXAMPLE,
    OrderWords,
    Preview,
    filled,
    preview,
    rendered,
)

__all__ = [
    "EXAMPLE",
    "Failure",
    "OrderWords",
    "Preview",
    "Reach",
    "Spending",
    "audience_of",
    "failed_messages",
    "failures_by_reason",
    "filled",
    "news_text",
    "preview",
    "progress_of",
    "reach_of",
    "rendered",
    "sms_from",
    "spending_today",
]
