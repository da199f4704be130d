"""Where the admin is, for the shop's own pages."""

from django import template

from shop.backoffice import door

register = template.Library()


@register.simple_tag
def admin_address() -> str:
    """Return the address of the admin's first page."""
    return door.admin_address()
