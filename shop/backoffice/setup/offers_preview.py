"""What an offer does to prices, before anybody else sees it."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shop.backoffice.setup.offers import OfferViewSet
from shop.pricing.models import Offer
from shop.pricing.queries.effect import effect_of
from shop.pricing.queries.promotions import kept_offer


@require_POST
@permission_required("pricing.view_offer", raise_exception=True)
def offer_effect(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Show the effect of what stands in the form now; nothing is saved."""
    offer = get_object_or_404(Offer, pk=offer_id) if offer_id else Offer()
    form_class = OfferViewSet.edit_handler.bind_to_model(Offer).get_form_class()
    form = form_class(request.POST, instance=offer, for_user=request.user)
    context: dict[str, Any] = {"form": form, "page_title": _("What the offer does")}
    if form.is_valid():
        drawn = form.save(commit=False)
        context["offer"] = drawn
        context["rows"] = effect_of(
            kept_offer(
                drawn,
                [(step.units, step.percent) for step in drawn.steps.all()],
                [row.category_id for row in drawn.categories.all()],
                [row.product_id for row in drawn.products.all()],
            )
        )
    else:
        rows = [
            problem
            for formset in form.formsets.values()
            for errors in formset.errors
            for problem in errors.values()
        ]
        context["problems"] = [*form.errors.values(), *rows]
    return render(request, "backoffice/offers/effect.html", context)
