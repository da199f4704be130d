"""What every page of an account has in common."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from shop.customers.models import User

View = Callable[..., HttpResponse]


def own_page(view: View) -> View:
    """Let only the signed-in customer see a page, and no cache keep it."""
    return login_required(never_cache(view))


def show(
    request: HttpRequest, name: str, title: Any, status: int = 200, **context: Any
) -> HttpResponse:
    """Answer with the account's template of this name."""
    meta = {"title": title, "robots": "noindex"}
    return render(
        request, f"storefront/account_{name}.html", {**context, "meta": meta}, status=status
    )


def customer_of(request: HttpRequest) -> User:
    """Return who is signed in, as `own_page` made sure."""
    return cast(User, request.user)
