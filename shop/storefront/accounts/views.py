"""Pages to sign in and up: by a code, or with a password instead."""

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginByCodeStage, LoginStage
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from shop.storefront.accounts.codes import CodeProcess
from shop.storefront.accounts.forms import CodeRequestForm, LoginForm, looks_like_an_address


class BeginAgainMixin:
    """Let somebody who waits for a code go back, say to mend the number, and ask again."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> Any:
        if stage.key != LoginByCodeStage.key:
            return super()._redirect_to_pending_stage(request, stage)  # type: ignore[misc]
        if request.method == "POST":
            clear_login(request)
        return None


class LoginView(BeginAgainMixin, allauth_views.LoginView):
    """The login page; this address takes passwords."""

    template_name = "account/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer the code first, and open the password part for who came for that."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        written = self.request.POST.get("login", "")
        known = {"login": written} if looks_like_an_address(written) else None
        next_url = self.get_next_url() or ""
        return {
            **context,
            "code_form": CodeRequestForm(initial=known),
            "password_form": context["form"],
            "with_password": self.request.method == "POST" or next_url.startswith("/admin/"),
        }


class CodeRequestView(BeginAgainMixin, allauth_views.RequestLoginCodeView):
    """The login page again; this address sends codes."""

    template_name = "account/login.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Send a code, whether the address has an account or not."""
        CodeProcess.begin(
            self.request,
            email=form.cleaned_data.get("email") or "",
            phone=form.cleaned_data.get("phone") or "",
        )
        return HttpResponseRedirect(str(self.get_success_url()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer the password as well."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "code_form": context["form"], "password_form": LoginForm()}


@method_decorator(
    login_stage_required(stage=LoginByCodeStage.key, redirect_urlname="account_login"),
    name="dispatch",
)
class CodeConfirmView(allauth_views.ConfirmLoginCodeView):
    """Take the code that was sent."""

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Go on with the code of this session; begin again where there is none."""
        self.stage = request._login_stage  # type: ignore[attr-defined]
        process = CodeProcess.resume(self.stage)
        if process is None:
            return HttpResponseRedirect(reverse("account_login"))
        self._process: CodeProcess = process
        return super(allauth_views.ConfirmLoginCodeView, self).dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Count each try before it is compared."""
        kwargs: dict[str, Any] = super().get_form_kwargs()
        if "code" in kwargs and self.request.method == "POST":
            kwargs["code"] = self._process.code_for_a_try()
        return kwargs


class SignupView(BeginAgainMixin, allauth_views.SignupView):
    """Sign up with email and password; anything else is proved by a code first."""

    template_name = "account/signup.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Make the account, or send the code that will."""
        if form.starts_with_a_code(self.request):
            address = self.passthrough_next_url(reverse("account_confirm_login_code"))
            return HttpResponseRedirect(address)
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer the code as well."""
        return {**super().get_context_data(**kwargs), "code_form": CodeRequestForm()}


class EmailView(allauth_views.EmailView):
    """An account's addresses."""

    def _action_primary(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        address = self._get_email_address(request)
        if address is None or address.verified:
            return super()._action_primary(request, *args, **kwargs)
        # allauth refuses it only beside a confirmed one.
        get_adapter().add_message(
            request, messages.ERROR, "account/messages/unverified_primary_email.txt"
        )
        return None
