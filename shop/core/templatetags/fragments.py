"""Tags for what a page repeats."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.utils import translation
from django.utils.safestring import SafeString

from shop.core.fragments import Fragment, Item, unindented

register = template.Library()


@lru_cache(maxsize=32)
def _fragment(name: str) -> Fragment:
    return Fragment(name)


@register.simple_tag
def repeat(
    items: Sequence[Item], template_name: str, eager: int | None = None, **shared: Any
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


class OnceNode(Node):
    """A part of a page that is the same on every page; see `once`."""

    def __init__(self, nodelist: NodeList) -> None:
        self._nodes = nodelist
        self._said: dict[str | None, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        """Print what was rendered before in this language."""
        language = translation.get_language()
        said = self._said.get(language)
        if said is None:
            said = SafeString(unindented(self._nodes.render(template.Context())))
            self._said[language] = said
        return said


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """Render a block once a language: words and files, no variables; one in it is an error."""
    nodes = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode(nodes)
