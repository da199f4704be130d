"""Tags for what a page repeats."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.utils.safestring import SafeString

from shop.core.fragments import Fragment

register = template.Library()


@lru_cache(maxsize=32)
def _fragment(name: str) -> Fragment:
    return Fragment(name)


@register.simple_tag
def repeat(
    items: Sequence[Mapping[str, Any]], template_name: str, eager: int | None = None, **shared: Any
) -> SafeString:
    """Render the fragment for each item; see `Fragment`.

    With `eager` the first so many items know themselves as `eager`, the rest do not.
    """
    fragment, items = _fragment(template_name), items or ()
    if eager is None:
        return fragment.render(items, **shared)
    return SafeString(
        fragment.render(items[:eager], eager=True, **shared)
        + fragment.render(items[eager:], eager=False, **shared)
    )
