"""Find the person behind a token: statements compiled once, for every call pays for them."""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet

from shop.core.statements import Statement
from shop.customers.models import User

COLUMNS = [field.attname for field in User._meta.concrete_fields]


def _by_id(pk: int) -> QuerySet[User, Any]:
    return User.objects.filter(pk=pk).order_by().values_list(*COLUMNS)


def _by_subject(provider: str, subject: str) -> QuerySet[User, Any]:
    accounts = User.objects.filter(
        socialaccount__provider=provider, socialaccount__uid=subject
    ).order_by()
    return accounts.values_list(*COLUMNS)


_BY_ID = Statement(_by_id)
_BY_SUBJECT = Statement(_by_subject)


def user_by_id(pk: int) -> User | None:
    """Return a user."""
    return _first(_BY_ID.rows(pk))


def user_by_subject(provider: str, subject: str) -> User | None:
    """Return whom an outside provider calls `subject`."""
    return _first(_BY_SUBJECT.rows(provider, subject))


def _first(rows: Sequence[Sequence[Any]]) -> User | None:
    return User.from_db(DEFAULT_DB_ALIAS, COLUMNS, rows[0]) if rows else None
