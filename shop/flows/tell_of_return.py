"""Note a step of a return in the order's timeline, and tell who waits for it."""

from shop.fulfilment import rules
from shop.fulfilment.models import Return
from shop.notifications.actions import announce
from shop.notifications.models import Event
from shop.orders.models import Order, OrderEvent

NEWS = {
    rules.ASKED: "you ask to give back {what}. We will answer soon.",
    rules.ACCEPTED: "yes, you can give back {what}.",
    rules.REFUSED: "we cannot take back {what}.",
    rules.RECEIVED: "{what} came back to us.",
}
# So many lines are named; beyond that an SMS would be too long.
NAMED = 2


def tell_of_return(order: Order, asked: Return, *, actor: str) -> None:
    """Write what became of a return, its lines at hand; the order is locked by the caller."""
    what = in_return(asked)
    OrderEvent.objects.create(
        order=order,
        kind=f"return_{asked.status}",
        text=" · ".join(filter(None, [f"{asked}: {what}", asked.answer]))[:300],
        actor=actor[:150],
    )
    answer = asked.answer if asked.status in (rules.ACCEPTED, rules.REFUSED) else ""
    news = NEWS[asked.status].format(what=what)
    announce(
        order=order,
        event=Event.RETURN,
        occasion=f"return:{asked.number}:{asked.status}",
        words={"news": " ".join(filter(None, [news, answer]))},
    )


def in_return(asked: Return) -> str:
    """Say in a few words what comes back."""
    lines = list(asked.lines.all())
    if len(lines) > NAMED:
        return f"{sum(line.quantity for line in lines)} things"
    return ", ".join(f"{line.quantity} x {line.order_line.name}" for line in lines)
