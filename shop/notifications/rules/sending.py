"""How a send ends, and when it is tried again."""

from datetime import timedelta

# Whose yes news need, by channel (`customers.rules.MARKETING`).
PURPOSES = {"sms": "marketing_sms", "email": "marketing_email"}

# How a send can end.
SENT = "sent"
REFUSED = "refused"
RETRY = "retry"
UNKNOWN = "unknown"

PAUSES = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
)
MAX_ATTEMPTS = len(PAUSES) + 1
# An empty account is filled by a person, not by another try half a minute later.
SLOW_PAUSE = timedelta(hours=1)
# How long a worker may hold a message before it counts as dead; longer than the queue lets a
# task live (Q_CLUSTER["timeout"]).
LEASE = timedelta(minutes=2)


def pause_before_retry(attempts: int, *, slow: bool = False) -> timedelta | None:
    """Return how long to wait after `attempts` failed tries; None when it was the last one."""
    if attempts >= MAX_ATTEMPTS:
        return None
    pause = PAUSES[max(attempts, 1) - 1]
    return max(pause, SLOW_PAUSE) if slow else pause


# How bad it is, and what staff read of it. A quiet one wakes no phone.
ALERT_LEVELS = {"info": "Note", "warning": "Warning", "critical": "Alert"}
QUIET = frozenset({"info"})
