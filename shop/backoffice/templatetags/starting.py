"""Leave what a page starts as data instead of an inline script."""

import json

from django import template
from django.utils.safestring import SafeString

from shop.backoffice.starting import starting

register = template.Library()


@register.simple_tag
def start(what: str, *arguments: str) -> SafeString:
    """Return an element that calls `what` with texts and, as the last argument, JSON."""
    *texts, options = arguments
    return starting(what, *texts, json.loads(options))
