"""Register a program; its secret is told once and kept as a hash."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.models import Client
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CLIENT_CREDENTIALS = str(Client.GrantType.CLIENT_CREDENTIALS)
AUTHORIZATION_CODE = str(Client.GrantType.AUTHORIZATION_CODE)
GRANTS = (CLIENT_CREDENTIALS, AUTHORIZATION_CODE)
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
# Beside the shop's own: what a login at the shop may tell about a person.
IDENTITY_SCOPES = {
    "openid": gettext_lazy("Know who signs in"),
    "email": gettext_lazy("See the email address"),
}
LONGEST_NAME = 100


class ClientRefused(ValueError):
    """The program cannot be registered like this; the message says why."""


def make_client(
    *,
    name: str,
    grant: str,
    scopes: Iterable[str],
    redirect_uris: Iterable[str] = (),
    owner: Any = None,
    public: bool = False,
) -> tuple[Client, str]:
    """Register a program; returns it and its secret, which is empty for a public one.

    Raises ClientRefused.
    """
    scopes, redirect_uris = list(dict.fromkeys(scopes)), list(redirect_uris)
    check_client(name=name, grant=grant, scopes=scopes, redirect_uris=redirect_uris, public=public)
    own_grants = [grant]
    if grant == AUTHORIZATION_CODE:
        own_grants.append(str(Client.GrantType.REFRESH_TOKEN))
    secret = "" if public else get_adapter().generate_client_secret()
    client = Client(
        name=name,
        type=Client.Type.PUBLIC if public else Client.Type.CONFIDENTIAL,
        grant_types="\n".join(own_grants),
        response_types="code",
        owner=owner,
    )
    client.set_scopes(scopes)
    client.set_default_scopes(scopes)
    client.set_redirect_uris(redirect_uris)
    if secret:
        client.set_secret(secret)
    client.save(force_insert=True)
    return client, secret


def check_client(
    *,
    name: str,
    grant: str,
    scopes: list[str],
    redirect_uris: list[str],
    public: bool,
    owner: Any = None,
) -> None:
    """Raise ClientRefused for a program that cannot be."""
    if not name.strip() or len(name) > LONGEST_NAME:
        raise ClientRefused(_("Give it a name of up to 100 characters."))
    if grant not in GRANTS:
        raise ClientRefused(_("The grant must be one of %s.") % ", ".join(GRANTS))
    known = known_scopes(grant)
    unknown = [scope for scope in scopes if scope not in known]
    if unknown or not scopes:
        raise ClientRefused(_("Choose scopes among %s.") % ", ".join(known))
    if grant == CLIENT_CREDENTIALS:
        if public or redirect_uris:
            raise ClientRefused(
                _("A program that acts for itself has a secret and no redirect address.")
            )
        return
    if not redirect_uris:
        raise ClientRefused(_("Say where people come back to: a redirect address."))
    for address in redirect_uris:
        if not _may_return_to(address):
            raise ClientRefused(
                _("%s: use https, http on this machine, or an app's own scheme such as com.shop:/.")
                % address
            )


def known_scopes(grant: str) -> tuple[str, ...]:
    """Return the scopes that a program with this grant can have."""
    own = tuple(settings.API_SCOPES)
    return own if grant == CLIENT_CREDENTIALS else (*own, *IDENTITY_SCOPES)


def _may_return_to(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.fragment or "*" in address or not address.isprintable() or " " in address:
        return False
    if parts.scheme == "https":
        return bool(parts.hostname)
    if parts.scheme == "http":
        return parts.hostname in LOOPBACK
    # An app's own scheme is a domain written backwards. Source: RFC 8252, section 7.1.
    return "." in parts.scheme
