"""What the shop says of itself as the issuer of tokens (settings: IDP_OIDC_ADAPTER)."""

import secrets
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter

from shop.api.authentication.scopes import SCOPES

SUPPORTED_SCOPES = ("openid", "email", *SCOPES)
GRANT_TYPES = ("authorization_code", "client_credentials", "refresh_token")


class ShopAdapter(DefaultOIDCAdapter):
    """The shop's scopes, and only the grants that it gives."""

    scope_display = {**DefaultOIDCAdapter.scope_display, **SCOPES}

    def generate_client_secret(self) -> str:
        """Letters that need no escaping in HTTP Basic or a form."""
        return secrets.token_urlsafe(40)

    def populate_server_metadata(self, data: dict[str, Any]) -> None:
        """Advertise what is true here in `.well-known/openid-configuration`."""
        data["scopes_supported"] = list(SUPPORTED_SCOPES)
        data["grant_types_supported"] = list(GRANT_TYPES)
        data["response_types_supported"] = ["code"]
        data["code_challenge_methods_supported"] = ["S256"]
        data.pop("device_authorization_endpoint", None)
