"""Start Wagtail's widgets without inline scripts, which the admin's content policy refuses.

A widget leaves its name and arguments in the page as data; static/backoffice/starting.js starts it.
The templates of dates, times and panels do so by the tag `start`.
"""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser


def starting(what: str, *arguments: object) -> SafeString:
    """Return an element that calls a function or constructor of the page once it stands in it."""
    return format_html(
        '<shop-start hidden data-call="{}" data-with="{}"></shop-start>',
        what,
        json.dumps(arguments, cls=DjangoJSONEncoder),
    )


def without_inline_scripts() -> None:
    """Let Wagtail's choosers of pages, pictures, documents and snippets be started as data."""
    BaseChooser.render = _chooser


def _chooser(
    self: Any, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
) -> SafeString:
    id_ = (attrs or {})["id"]
    value_data = self.get_value_data(value)
    field = self.render_html(name, value_data, attrs)
    if isinstance(self, AdminTaskChooser):
        return SafeString(field + starting("createTaskChooser", id_))
    options = self.get_js_init_options(id_, name, value_data)
    return SafeString(field + starting(self.js_constructor, id_, options))
