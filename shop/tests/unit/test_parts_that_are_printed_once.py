"""A part that is the same on every page is rendered once a language."""

from unittest.mock import patch

import pytest
from django.template import Context, Template
from django.templatetags.static import StaticNode
from django.utils import translation

TEMPLATE = """{% load static i18n fragments %}{% once %}
    <a href="{% static 'icon.svg' %}">
        {% translate "Yes" %}</a>
{% endonce %}{{ name }}"""


def test_it_is_rendered_once_and_without_the_indents() -> None:
    page = Template(TEMPLATE)
    with patch.object(StaticNode, "render", return_value="/icon") as rendered:
        texts = {page.render(Context({"name": name})) for name in ("A", "B")}
    assert texts == {f'\n<a href="/icon">\nYes</a>\n{name}' for name in ("A", "B")}
    assert rendered.call_count == 1


def test_each_language_has_its_own_words() -> None:
    page = Template(TEMPLATE)
    said = []
    for language in ("en-gb", "fr", "en-gb"):
        with translation.override(language):
            said.append("Oui" in page.render(Context()))
    assert said == [False, True, False]


def test_a_variable_in_it_is_an_error() -> None:
    page = Template("{% load fragments %}{% once %}{{ name }}{% endonce %}")
    with pytest.raises(AttributeError):
        page.render(Context({"name": "A"}))
