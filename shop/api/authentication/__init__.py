"""Who calls the API: one chain for every address, REST and GraphQL alike."""

from typing import Any

from shop.api.authentication.outside import OutsideTokenAuthentication
from shop.api.authentication.scopes import (
    SCOPES,
    Grant,
    InsufficientScope,
    allows,
    require_scope,
)
from shop.api.authentication.sessions import SessionAuthentication, SessionTokenAuthentication
from shop.api.authentication.shop_tokens import ShopTokenAuthentication

# A bearer token is either the shop's or somebody else's; the second link refuses what neither
# knows, so that a bad token never falls back to the session that follows.
CHAIN: list[type[Any]] = [
    ShopTokenAuthentication,
    OutsideTokenAuthentication,
    SessionTokenAuthentication,
    SessionAuthentication,
]

__all__ = [
    "CHAIN",
    "SCOPES",
    "Grant",
    "InsufficientScope",
    "OutsideTokenAuthentication",
    "SessionAuthentication",
    "SessionTokenAuthentication",
    "ShopTokenAuthentication",
    "allows",
    "require_scope",
]
