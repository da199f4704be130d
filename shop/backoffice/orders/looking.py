"""Who else looks at an order just now: a quiet word, not a lock."""

from typing import Any

from django.core.cache import cache

from shop.core.clock import now

# Whoever opened the page longer ago is taken to be gone.
SECONDS = 120


def others_looking(order_id: int, user: Any) -> list[str]:
    """Note that somebody looks at an order; return who else did a moment ago, by name.

    Two at the very same moment may miss each other: the forms' versions are what keeps them apart.
    """
    key = f"order-looked-at:{order_id}"
    moment = now().timestamp()
    here = {
        person: (name, at)
        for person, (name, at) in (cache.get(key) or {}).items()
        if moment - at < SECONDS
    }
    others = sorted(name for person, (name, _at) in here.items() if person != user.pk)
    cache.set(key, {**here, user.pk: (str(user), moment)}, SECONDS)
    return others
