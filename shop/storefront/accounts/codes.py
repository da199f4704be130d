"""Codes that prove a phone number or an email, and so sign in; without an account, up as well.

django-allauth sends codes to accounts alone. Here a new address gets one too and its account is
made when the code comes back: nothing is written about an address that nobody proved, and nobody
can tell by asking for a code whether an address has an account.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.flows.signup import complete_signup
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import context, ratelimit
from django.http import HttpRequest, HttpResponse

from shop.customers.models import User
from shop.flows.prove_phone import prove_phone
from shop.notifications.actions import send_code
from shop.notifications.models import Channel
from shop.storefront.accounts.people import (
    account_of_email,
    account_of_phone,
    open_account,
    prove_email,
)


class CodeProcess(LoginCodeVerificationProcess):
    """One code on its way to a phone or mailbox, kept in the session of who asked for it."""

    @classmethod
    def begin(
        cls, request: HttpRequest, *, email: str = "", phone: str = "", password: str = ""
    ) -> CodeProcess:
        """Send a code to an email or phone (E.164); `password`, hashed, is for a new account."""
        user = account_of_email(email) if email else account_of_phone(phone)
        login = Login(user=user, email=email or None, phone=phone or None)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(
            cls.initial_state(user=user, email=email or None, phone=phone or None),
            initiated_by_user=True,
            password=password,
            id=secrets.token_hex(8),
        )
        process = cls(stage=stage)
        process.send()
        process.persist()
        return process

    @classmethod
    def resume(cls, stage: Any) -> CodeProcess | None:
        """Return the process of the session, or None (and end it) where its code is too old."""
        found: CodeProcess | None = cls(stage=stage).abort_if_invalid()
        return found

    @property
    def email(self) -> str:
        """The mailbox that is proved, if it is one."""
        return str(self.state.get("email") or "")

    @property
    def phone(self) -> str:
        """The number that is proved, if it is one."""
        return str(self.state.get("phone") or "")

    def send(self, skip_enumeration_mails: bool = False) -> None:
        """Write a new code and its message."""
        self.state["code"] = get_adapter().generate_login_code()
        send_code(
            channel=Channel.EMAIL if self.email else Channel.SMS,
            recipient=self.email or self.phone,
            code=self.state["code"],
            lifetime=timedelta(seconds=self.timeout),
            user=self.user,
        )

    def resend(self) -> None:
        """Send another code; wrong tries of the first one count on. Raises RateLimited."""
        ratelimit.consume(
            context.request,
            action="request_login_code",
            key=self.email or self.phone,
            raise_exception=True,
        )
        self.state["at"] = self.initial_state(None)["at"]
        self.send()
        self.record_resend()
        self.persist()

    def code_for_a_try(self) -> str:
        """Return the code to compare with; nothing when all tries are used, also at once."""
        may_try = ratelimit.consume(context.request, action="confirm_code", key=self.state["id"])
        return self.code if may_try else ""

    def finish(self, redirect_url: str | None) -> HttpResponse:
        """Sign in who brought the code back, having made an account where there is none."""
        user, created = self._owner()
        if user.is_active:
            record_authentication(
                self.request, user, method="code", email=self.email, phone=self.phone
            )
            if not created:
                self._prove(user)
        if created:
            return complete_signup(self.request, user=user, redirect_url=redirect_url)
        login = Login(user=user, redirect_url=redirect_url, email=self.email or None)
        return perform_login(self.request, login)

    def _owner(self) -> tuple[User, bool]:
        """Return whose address it is now: much may have happened since the code was sent."""
        found = account_of_email(self.email) if self.email else account_of_phone(self.phone)
        if found is not None:
            return found, False
        return open_account(
            email=self.email, phone=self.phone, password=self.state.get("password", "")
        )

    def _prove(self, user: User) -> None:
        if self.email:
            prove_email(self.request, user, self.email)
        else:
            prove_phone(user, self.phone)
