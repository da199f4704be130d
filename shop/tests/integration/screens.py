"""Every screen of the shop's own in the admin: its name, its address, how it is asked for."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Wagtail's own parts of the products' editor: it asks for the rights of editing itself.
WAGTAILS = ("revisions_", "workflow_", "collect_workflow", "confirm_workflow", "preview_on_")
# Parts of a list or an editor, which ask for the same right as the whole.
PARTS = ("_results", ":history", ":usage")
# Forms to write records by hand, which records have not.
NEVER = ("_modeladmin_create", "_modeladmin_edit", "_modeladmin_delete")
# The door itself, which everybody may knock at.
OPEN = {"admin_login"}


@dataclass(frozen=True)
class Screen:
    """An address of the admin."""

    name: str
    parameters: list[str]
    method: str


def screens() -> dict[str, Screen]:
    """Return the shop's own screens by name, those that somebody adds tomorrow included."""
    return {
        name: Screen(name, list(pattern.pattern.regex.groupindex), _method(pattern.callback))
        for route, name, pattern in _walk(get_resolver())
        if route.startswith("admin/") and _is_ours(name)
    }


def _is_ours(name: str) -> bool:
    own = name.split(":")[-1]
    return not (
        own == ""
        or name.startswith("wagtail")
        or own.startswith(WAGTAILS)
        or name.endswith(PARTS)
        or name in OPEN
    )


def _walk(resolver: Any, route: str = "", spaces: tuple[str, ...] = ()) -> Iterator[Any]:
    for part in resolver.url_patterns:
        here = route + str(part.pattern)
        if isinstance(part, URLResolver):
            inner = (*spaces, part.namespace) if part.namespace else spaces
            yield from _walk(part, here, inner)
        elif isinstance(part, URLPattern):
            yield here, ":".join((*spaces, part.name or "")), part


def _method(view: Any) -> str:
    """Return POST for a screen that only takes what is sent."""
    while view is not None:
        allowed = inspect.getclosurevars(view).nonlocals.get("request_method_list", ())
        if list(allowed) == ["POST"]:
            return "POST"
        view = getattr(view, "__wrapped__", None)
    return "GET"
