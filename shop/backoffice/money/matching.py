"""Find the order that money is for, and match the two."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from shop.backoffice.money.doors import DECIDES, around
from shop.backoffice.money.rows import LABELS, payment_row
from shop.core.errors import ShopError
from shop.core.money import display
from shop.flows.match_review import match_review
from shop.orders.models import Order
from shop.payments.models import Payment
from shop.payments.reconciliation import rules
from shop.payments.reconciliation.desk import legal_steps
from shop.payments.reconciliation.matching import Fit, orders_for
from shop.payments.reconciliation.told import said

MOST_LETTERS = 100


@permission_required(DECIDES, raise_exception=True)
def find_order(request: HttpRequest, payment_id: int) -> HttpResponse:
    """Show orders that money may be for; without a search, those that fit by themselves."""
    payments = Payment.objects.select_related("order").prefetch_related("review_steps", "events")
    payment = get_object_or_404(payments, pk=payment_id)
    if rules.MATCH not in legal_steps(payment):
        messages.warning(request, _("This cannot be done with this money now."))
        return redirect("money")
    text = request.GET.get("q", "").replace("\x00", "")[:MOST_LETTERS]
    events = list(payment.events.all())
    account = said(events[-1].body).account if events else ""
    context = {
        "row": payment_row(payment),
        "payment": payment,
        "text": text,
        "fits": [
            {"order": fit.order, "payable": fit.payable, "words": _words(fit)}
            for fit in orders_for(payment, text=text, account=account)
        ],
        "back": reverse("money"),
        **around(request, "money", str(LABELS[rules.MATCH])),
    }
    return render(request, "backoffice/money/match.html", context)


def _words(fit: Fit) -> str:
    if not fit.payable:
        return _("This order waits for no money.")
    if abs(fit.off) < 1:
        return _("It costs just what came.")
    if fit.off > 0:
        return _("It costs %s less than came; the match will wait at the desk.") % display(fit.off)
    return _("It costs %s more than came; the match will wait at the desk.") % display(-fit.off)


@permission_required(DECIDES, raise_exception=True)
@require_POST
def match(request: HttpRequest, payment_id: int, order_id: int) -> HttpResponse:
    """Match money to an order, by the rules of money that comes with its number."""
    payment = get_object_or_404(Payment, pk=payment_id)
    order = get_object_or_404(Order, pk=order_id)
    try:
        match_review(payment_id=payment.pk, order_id=order.pk, actor=str(request.user))
    except ShopError as error:
        messages.error(request, error.message)
        return redirect("money_match", payment.pk)
    messages.success(request, _("The money is matched to order %s.") % order.readable_number)
    return redirect("money")
