"""Templates that are repeated many times on a page, rendered once and filled after that."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import SafeString

_MARK = re.compile("\ue000(\\d+)\ue001")
_INDENT = re.compile(r"\s*\n\s*")
MOST_SHAPES = 512

Leaf = tuple[str, ...]


class Fragment:
    """One repeated template.

    The template may print the texts it gets and ask whether they are there, nothing else: it is
    rendered with stand-ins once for every combination of texts that are there, and what was
    printed is filled with each item's own, escaped. True and False reach it as they are.
    """

    def __init__(self, template: str) -> None:
        self._template = template
        self._shapes: dict[tuple[Any, ...], list[str | int]] = {}

    def render(self, items: Iterable[Mapping[str, Any]], **shared: Any) -> SafeString:
        """Render the template for each item, which it knows as `item`; `shared` keep their names.

        Items are mappings of texts, flags, and of mappings of texts.
        """
        language = translation.get_language()
        printed: list[str] = []
        for item in items:
            values = [*_leaves(item), *_leaves(shared)]
            shape = (language, *map(_presence, values), *item, *shared)
            pieces = self._shapes.get(shape)
            if pieces is None:
                if len(self._shapes) >= MOST_SHAPES:
                    self._shapes.clear()
                pieces = self._shapes[shape] = self._compile(item, shared)
            printed += [
                piece if isinstance(piece, str) else _escaped(values[piece]) for piece in pieces
            ]
        return SafeString("".join(printed))

    def _compile(self, item: Mapping[str, Any], shared: Mapping[str, Any]) -> list[str | int]:
        place = -1

        def stand_in(value: Any) -> Any:
            nonlocal place
            place += 1
            if isinstance(value, Mapping):
                return {key: stand_in(part) for key, part in value.items()}
            is_text = value and value is not True
            return SafeString(f"\ue000{place}\ue001") if is_text else value

        context = {"item": stand_in(item), **stand_in(shared)}
        text = unindented(get_template(self._template).render(context))
        pieces = _MARK.split(text)
        return [int(piece) if number % 2 else piece for number, piece in enumerate(pieces)]


def unindented(html: str) -> str:
    """Leave out the white space that only the template's reader needs."""
    return _INDENT.sub("\n", html)


def _leaves(mapping: Mapping[str, Any]) -> list[Any]:
    """Return a mapping's values in order; the mapping itself counts as one."""
    values: list[Any] = [True]
    for value in mapping.values():
        if isinstance(value, Mapping):
            values += _leaves(value)
        else:
            values.append(value)
    return values


def _presence(value: Any) -> Any:
    """Tell texts that are there, flags, and each kind of nothing apart."""
    if value is True:
        return None
    return True if value else type(value)


def _escaped(value: Any) -> str:
    return value if isinstance(value, SafeString) else escape(str(value))
