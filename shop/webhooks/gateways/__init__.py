"""The way out to endpoints: addresses judged and pinned, answers cut short."""

from shop.webhooks.gateways.addresses import Forbidden, public_addresses
from shop.webhooks.gateways.post import Outcome, post

__all__ = ["Forbidden", "Outcome", "post", "public_addresses"]
