"""Templates that are repeated many times on a page, rendered once and filled after that."""

import re
from collections.abc import Iterable
from html import escape
from typing import Any

from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import SafeString

_MARK = re.compile("\ue000(\\d+)\ue001")
_INDENT = re.compile(r"\s*\n\s*")
MOST_SHAPES = 512

Item = dict[str, Any]


class Fragment:
    """One repeated template.

    The template may print the texts it gets and ask whether they are there, nothing else: it is
    rendered with stand-ins once for every combination of texts that are there, and what was
    printed is filled with each item's own, escaped. True and False reach it as they are.
    """

    def __init__(self, template: str) -> None:
        self._template = template
        # Text with a %s for each value, and the places of the values.
        self._shapes: dict[tuple[Any, ...], tuple[str, list[int]]] = {}

    def render(self, items: Iterable[Item], **shared: Any) -> SafeString:
        """Render the template for each item, which it knows as `item`; `shared` keep their names.

        Items are dicts of texts, flags, and of dicts of texts.
        """
        same = _leaves(shared)
        same_shape = (translation.get_language(), *shared, *map(_presence, same))
        printed: list[str] = []
        for item in items:
            values = _leaves(item)
            shape = (same_shape, *item, *map(_presence, values))
            compiled = self._shapes.get(shape)
            if compiled is None:
                if len(self._shapes) >= MOST_SHAPES:
                    self._shapes.clear()
                compiled = self._shapes[shape] = self._compile(item, shared)
            text, places = compiled
            values += same
            printed.append(text % tuple([_escaped(values[place]) for place in places]))
        return SafeString("".join(printed))

    def _compile(self, item: Item, shared: Item) -> tuple[str, list[int]]:
        place = -1

        def stand_in(value: Any) -> Any:
            nonlocal place
            place += 1
            if isinstance(value, dict):
                return {key: stand_in(part) for key, part in value.items()}
            is_text = value and value is not True
            return SafeString(f"\ue000{place}\ue001") if is_text else value

        context = {"item": stand_in(item), **stand_in(shared)}
        text = unindented(get_template(self._template).render(context)).replace("%", "%%")
        return _MARK.sub("%s", text), [int(place) for place in _MARK.findall(text)]


def unindented(html: str) -> str:
    """Leave out the white space that only the template's reader needs."""
    return _INDENT.sub("\n", html)


def _leaves(item: Item) -> list[Any]:
    """Return a dict's values in order; the dict itself counts as one."""
    values: list[Any] = [True]
    for value in item.values():
        if isinstance(value, dict):
            values += _leaves(value)
        else:
            values.append(value)
    return values


def _presence(value: Any) -> Any:
    """Tell texts that are there, flags, and each kind of nothing apart."""
    if value is True:
        return None
    return True if value else type(value)


def _escaped(value: Any) -> Any:
    kind = type(value)
    return value if kind is SafeString or kind is int else escape(str(value))
