"""Sign-in and sign-up for apps that have no browser page: allauth's headless API with our codes."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.constants import LoginStageKey
from allauth.account.models import EmailAddress
from allauth.account.stages import LoginStageController
from allauth.core.exceptions import RateLimited
from allauth.headless.account import inputs, views
from allauth.headless.adapter import get_adapter as get_headless_adapter
from allauth.headless.base.response import (
    AuthenticationResponse,
    ConflictResponse,
    RateLimitResponse,
)
from allauth.headless.internal.restkit.inputs import Input
from allauth.headless.internal.restkit.response import APIResponse
from allauth.headless.socialaccount.inputs import DeleteProviderAccountInput
from allauth.headless.socialaccount.views import ManageProvidersView as ProvidersView
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.models import SocialAccount
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from shop.storefront.accounts.codes import CodeProcess
from shop.storefront.accounts.forms import SignupRules


class RequestCodeInput(inputs.RequestLoginCodeInput):
    """Where the code shall go."""

    def clean(self) -> dict[str, Any]:
        """Refuse to send a code nowhere."""
        cleaned: dict[str, Any] = super().clean()
        if not self.errors and not (cleaned.get("email") or cleaned.get("phone")):
            self.add_error("email", _("Tell us your email or phone number."))
        return cleaned


class RequestCodeView(views.RequestLoginCodeView):
    """Send a code to a phone or email, whether it has an account or not."""

    input_class = RequestCodeInput

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer 401 with the step that waits."""
        cleaned = self.input.cleaned_data
        CodeProcess.begin(
            request, email=cleaned.get("email") or "", phone=cleaned.get("phone") or ""
        )
        return AuthenticationResponse(request)


def _running(request: HttpRequest) -> CodeProcess | None:
    stage = LoginStageController.enter(request, LoginStageKey.LOGIN_BY_CODE)
    return CodeProcess.resume(stage) if stage else None


class ConfirmCodeView(views.ConfirmLoginCodeView):
    """Take the code back."""

    process: CodeProcess

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer 409 where no code waits."""
        process = _running(request)
        if process is None:
            return ConflictResponse(request)
        self.process = process
        return super(views.ConfirmLoginCodeView, self).dispatch(request, *args, **kwargs)

    def get_input_kwargs(self) -> dict[str, Any]:
        """Count each try before it is compared."""
        return {"code": self.process.code_for_a_try()}


class ResendCodeView(views.ResendLoginCodeView):
    """Send another code."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer 409 where no code waits or enough were sent."""
        process = _running(request)
        if process is None or not process.can_resend:
            return ConflictResponse(request)
        try:
            process.resend()
        except RateLimited:
            return RateLimitResponse(request)
        return APIResponse(request)


class SignupInput(SignupRules, inputs.SignupInput):
    """Email and password; or a phone or email alone, which a code proves first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._let_choose("password")

    def clean(self) -> dict[str, Any]:
        """Refuse two addresses at once, and none."""
        cleaned: dict[str, Any] = super().clean()
        self._check_choice(cleaned)
        return cleaned

    def starts_with_a_code(self, request: HttpRequest) -> bool:
        """Send a code where the address is to be proved first; tells whether it was sent."""
        return self._by_code(request, self.cleaned_data, "password")


class SignupView(views.SignupView):
    """Sign up."""

    input_class = {"POST": SignupInput}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make the account, or send the code that will and answer 401 with that step."""
        may = not request.user.is_authenticated and get_adapter().is_open_for_signup(request)
        if may and self.input.starts_with_a_code(request):
            return AuthenticationResponse(request)
        return super().post(request, *args, **kwargs)


class MainEmailInput(inputs.MarkAsPrimaryEmailInput):
    """Which address becomes the main one."""

    def clean_email(self) -> EmailAddress:
        """Refuse an address that nobody confirmed; allauth does only beside a confirmed one."""
        address: EmailAddress = super().clean_email()
        if not address.verified:
            raise get_adapter().validation_error("unverified_primary_email")
        return address


class ManageEmailView(views.ManageEmailView):
    """An account's addresses."""

    input_class = {**views.ManageEmailView.input_class, "PATCH": MainEmailInput}


class DisconnectInput(DeleteProviderAccountInput):
    """Which connected account is let go."""

    def clean(self) -> dict[str, Any]:
        """Ask our adapter alone: allauth wants a password, and a phone is enough."""
        cleaned: dict[str, Any] = Input.clean(self)
        if self.errors:
            return cleaned
        accounts = SocialAccount.objects.filter(user=self.user)
        account = accounts.filter(provider=cleaned["provider"], uid=cleaned["account"]).first()
        if account is None:
            raise get_headless_adapter().validation_error("account_not_found")
        get_social_adapter().validate_disconnect(account, accounts)
        return {**cleaned, "account": account}


class ManageProvidersView(ProvidersView):
    """An account's connected accounts."""

    input_class = {"DELETE": DisconnectInput}
