"""Tokens that the shop itself issued (allauth's OpenID provider)."""

from typing import Any

from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.internal.resources import is_resources_subset
from allauth.idp.oidc.models import Token
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from rest_framework.request import Request

from shop.api.authentication.bearer import BearerAuthentication, InvalidToken, is_jwt
from shop.api.authentication.people import user_by_id
from shop.api.authentication.scopes import Grant
from shop.core.clock import now
from shop.core.statements import Statement


def _by_hash(digest: str, kind: str) -> QuerySet[Token, Any]:
    return (
        Token.objects.filter(hash=digest, type=kind, client__isnull=False)
        .order_by()
        .annotate(person=Coalesce("user_id", "client__owner_id"))
        .values_list("scopes", "data", "expires_at", "client_id", "client__scopes", "person")
    )


_BY_HASH = Statement(_by_hash)


class ShopTokenAuthentication(BearerAuthentication):
    """An access token, looked up at every call, so that a revoked one is refused at once."""

    def recognise(self, token: str, request: Request) -> tuple[Any, Any] | None:
        if is_jwt(token):
            return None
        digest = get_adapter().hash_token(token)
        rows = _BY_HASH.rows(digest, str(Token.Type.ACCESS_TOKEN))
        if not rows:
            raise InvalidToken
        scopes, data, expires_at, client_id, client_scopes, person = rows[0]
        if expires_at is not None and expires_at <= now():
            raise InvalidToken
        resources = Token(data=data).get_resources()
        target = request.build_absolute_uri(request.path)
        if resources and not is_resources_subset([target], resources):
            raise InvalidToken("This token is for another address.")
        # Without a person of its own a token acts for its client's owner, if that has one.
        user = user_by_id(person) if person else AnonymousUser()
        if user is None or not (user.is_anonymous or user.is_active):
            raise InvalidToken
        # What a client lost since is lost to its tokens too.
        allowed = frozenset(scopes.split()) & frozenset(client_scopes.split())
        return user, Grant(allowed, client_id)
