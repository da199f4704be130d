"""How the account's pages name devices and identity providers."""

from django import template

from shop.storefront.accounts.devices import device_name
from shop.storefront.accounts.security import provider_name

register = template.Library()
register.filter("device", device_name)
register.filter("provider", provider_name)
