"""How the shop calls and reaches a customer, and what it may write."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from shop.core.errors import ShopError
from shop.customers import actions
from shop.customers.models import Consent
from shop.customers.queries import consent_history, consents_of
from shop.storefront.forms import ConsentForm, NameForm
from shop.storefront.moments import moment
from shop.storefront.views.account.own_page import customer_of, own_page, show

SOURCE = "account"
ANSWERS_SHOWN = 20


@own_page
def account_profile(request: HttpRequest) -> HttpResponse:
    """Let the customer change the name; email and phone change where they are proved."""
    person = customer_of(request)
    names = {"first_name": person.first_name, "last_name": person.last_name}
    form = NameForm(request.POST or None, initial=names)
    if request.method == "POST" and form.is_valid():
        try:
            actions.update_profile(person, **form.cleaned_data)
        except ShopError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("account-profile")
    return show(
        request,
        "profile",
        _("Your details"),
        422 if form.errors else 200,
        form=form,
        email=person.email,
        phone=person.phone.as_international if person.phone else "",
        phone_verified=person.phone_verified,
        phone_url=_address_of("account_change_phone"),
    )


def _address_of(name: str) -> str:
    """Return an allauth page's address; none where the shop's settings leave it out."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@own_page
def account_consents(request: HttpRequest) -> HttpResponse:
    """Ask what the shop may write, and show what was answered before."""
    now = consents_of(request.user)
    form = ConsentForm(request.POST if request.method == "POST" else None, initial=now)
    if request.method == "POST" and form.is_valid():
        for purpose, given in form.cleaned_data.items():
            actions.set_consent(request.user, purpose=purpose, given=given, source=SOURCE)
        messages.success(request, _("Your answers are saved."))
        return redirect("account-consents")
    answers = consent_history(request.user)[:ANSWERS_SHOWN]
    return show(
        request,
        "consents",
        _("Messages you want"),
        form=form,
        answers=[
            {
                "question": Consent.Purpose(answer.purpose).label,
                "given": answer.given,
                "at": moment(answer.created_at),
                "source": answer.source,
            }
            for answer in answers
        ],
    )
