"""What django-allauth keeps about a customer: only a door may know it."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.idp.oidc.models import Client, Token
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession


def logins_of(user: Any) -> dict[str, Any]:
    """Return the ways into an account and who is inside, without any secret."""
    return {
        "emails": _rows(EmailAddress, user, "email", "verified", "primary"),
        "social_accounts": _rows(
            SocialAccount, user, "provider", "uid", "extra_data", "date_joined", "last_login"
        ),
        "second_factors": _rows(Authenticator, user, "type", "created_at", "last_used_at"),
        "sessions": _rows(UserSession, user, "ip", "user_agent", "created_at", "last_seen_at"),
        "apps": [
            {"client": name, "kind": kind, "scopes": scopes.split(), "created_at": created}
            for name, kind, scopes, created in Token.objects.filter(user=user)
            .order_by("pk")
            .values_list("client__name", "type", "scopes", "created_at")
        ],
        "own_clients": list(
            Client.objects.filter(owner=user).order_by("pk").values("id", "name", "created_at")
        ),
    }


def _rows(model: Any, user: Any, *names: str) -> list[dict[str, Any]]:
    return list(model.objects.filter(user=user).order_by("pk").values(*names))
