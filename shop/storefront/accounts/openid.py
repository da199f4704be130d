"""An OpenID provider's answers, checked before anything believes them.

django-allauth's own provider takes them as they come; a wrong answer would be an error page of
ours. Here whatever cannot be used is an OAuth2Error, for which there is one clear page.
"""

import hashlib
from typing import Any
from urllib.parse import quote_plus

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

LONGEST_SUB = 191  # the column's length; OpenID Connect allows 255 ASCII characters
REQUIRED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


def nonce_for(code_verifier: str) -> str:
    """Return the nonce of a login: made from its PKCE secret, so that the session keeps one."""
    return hashlib.sha256(f"nonce {code_verifier}".encode()).hexdigest()


def checked_sub(claims: Any) -> str:
    """Return who an identity token is about; OAuth2Error where it names nobody."""
    sub = claims.get("sub") if isinstance(claims, dict) else None
    if not isinstance(sub, str) or not 0 < len(sub) <= LONGEST_SUB or not sub.isprintable():
        raise OAuth2Error("The identity token names nobody")
    return sub


class Client(OAuth2Client):
    """Ask for tokens; name and secret are encoded as RFC 6749, section 2.3.1, says."""

    consumer_key: str
    consumer_secret: str

    def get_access_token(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the token answer; OAuth2Error where it is none."""
        if self.basic_auth:
            self.consumer_key = quote_plus(self.consumer_key)
            self.consumer_secret = quote_plus(self.consumer_secret)
        try:
            answer: dict[str, Any] = super().get_access_token(*args, **kwargs)
        except KeyError as error:
            raise OAuth2Error("The token answer does not say what it is") from error
        if not isinstance(answer.get("access_token"), str):
            raise OAuth2Error("The token answer holds no access token")
        return answer


class OpenIDAdapter(OpenIDConnectOAuth2Adapter):
    """Talk to the provider's endpoints."""

    client_class = Client
    code_verifier = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Return the discovery document. Source: OpenID Connect Discovery 1.0, section 3."""
        try:
            config: dict[str, Any] = super().openid_config
        except AttributeError as error:
            raise OAuth2Error("The discovery document is no object") from error
        for name in REQUIRED:
            if not isinstance(config.get(name), str):
                raise OAuth2Error(f"The discovery document names no {name}")
        return config

    @property
    def basic_auth(self) -> bool:
        """Use the method that clients have by default, unless the provider does not know it."""
        methods = self.openid_config.get("token_endpoint_auth_methods_supported")
        return not isinstance(methods, list) or "client_secret_basic" in methods

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: Any = None
    ) -> dict[str, Any]:
        """Change the code into tokens, and remember which nonce they must bear."""
        self.code_verifier = pkce_code_verifier or ""
        answer: dict[str, Any] = super().get_access_token_data(
            request, app, client, pkce_code_verifier=pkce_code_verifier
        )
        return answer

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        """Keep nothing of the tokens: they are used once, here."""
        return SocialToken(token=data["access_token"])

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> Any:
        """Return who it is. Source: OpenID Connect Core 1.0, sections 3.1.3.7 and 5.3.2."""
        written = kwargs["response"].get("id_token")
        if not isinstance(written, str):
            raise OAuth2Error("The token answer holds no identity token")
        identity = self._decode_id_token(app, written)
        sub = checked_sub(identity)
        if identity.get("nonce") != nonce_for(self.code_verifier):
            raise OAuth2Error("The identity token answers another login")
        data = {"id_token": identity}
        if isinstance(self.openid_config.get("userinfo_endpoint"), str):
            userinfo = self._fetch_user_info(token.token)
            if not isinstance(userinfo, dict) or userinfo.get("sub") != sub:
                raise OAuth2Error("Userinfo is about somebody else")
            data["userinfo"] = userinfo
        return self.get_provider().sociallogin_from_response(request, data)


class OpenIDProvider(OpenIDConnectProvider):
    """The provider of the settings."""

    oauth2_adapter_class = OpenIDAdapter

    def wk_server_url(self, url: str) -> str:
        """Return where the discovery document is; some issuers end with a slash."""
        address: str = super().wk_server_url(url.rstrip("/"))
        return address

    def get_pkce_params(self) -> dict[str, str]:
        """Send a nonce along with the code challenge."""
        params: dict[str, str] = super().get_pkce_params()
        return {**params, "nonce": nonce_for(params["code_verifier"])}

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """Ask only for what the provider knows: some refuse a scope that they do not have."""
        known = self.get_oauth2_adapter(request).openid_config.get("scopes_supported")
        wanted: list[str] = self.get_scope()
        return [name for name in wanted if not isinstance(known, list) or name in known]

    def get_auth_params_from_request(self, request: HttpRequest, action: Any) -> dict[str, str]:
        """Take nothing for the provider out of our own address."""
        params: dict[str, str] = self.get_auth_params()
        return params

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Return who it is; OAuth2Error where that is nobody."""
        return checked_sub(data.get("userinfo") or data.get("id_token") or data)

    def verify_token(self, request: HttpRequest, token: dict[str, Any]) -> SocialLogin:
        """Take an identity token from an app; ValidationError `invalid_token` if it is none.

        Its writer chose every byte, of the header too: what is read there may be of any kind.
        """
        try:
            login: SocialLogin = super().verify_token(request, token)
        except (OAuth2Error, KeyError, TypeError, ValueError, RecursionError) as error:
            raise get_adapter().validation_error("invalid_token") from error
        return login
