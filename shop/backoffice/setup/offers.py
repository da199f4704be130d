"""Offers: their form, which names wrong combinations, and their list."""

from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
)
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import SnippetViewSet

from shop.backoffice.setup.offers_scope import (
    PromotionForm,
    keep_positive,
    scope_panels,
    time_panel,
)
from shop.pricing.models import Offer


class OfferForm(PromotionForm):
    """An offer; each kind has its own fields, the others stay empty."""

    def clean(self) -> dict[str, Any]:
        """Check the fields of the kind."""
        cleaned = super().clean()
        checks = {
            Offer.Kind.PERCENT: self._percent,
            Offer.Kind.STEPS: self._steps,
            Offer.Kind.BUNDLE: self._bundle,
        }
        if cleaned.get("kind") in checks:
            checks[cleaned["kind"]]()
        return cleaned

    def _percent(self) -> None:
        keep_positive(self, "percent", _("Give a percentage."))
        self.refuse(("buy", "get"), _("Only for “Buy some, get some”; leave it empty."))
        self._refuse_steps()

    def _bundle(self) -> None:
        keep_positive(self, "percent", _("Give a percentage; 100 makes them free."))
        keep_positive(self, "buy", _("How many units are paid?"))
        keep_positive(self, "get", _("How many units does one get?"))
        self._refuse_steps()

    def _steps(self) -> None:
        self.refuse(("percent",), _("The steps below say how much; leave this empty."))
        self.refuse(("buy", "get"), _("Only for “Buy some, get some”; leave it empty."))
        steps = sorted((row["units"], row["percent"]) for row in self.kept_rows("steps"))
        if not steps:
            self.add_error("kind", _("Add at least one step below."))
        if len({units for units, _percent in steps}) < len(steps):
            self.add_error("kind", _("Two steps begin at the same number of units."))
        elif any(one[1] >= other[1] for one, other in pairwise(steps)):
            self.add_error("kind", _("More units must get a higher percentage."))

    def _refuse_steps(self) -> None:
        if self.kept_rows("steps"):
            self.add_error("kind", _("Steps count only for “More off the more is bought”."))


class EffectPanel(Panel):
    """A button that shows what the offer, as it stands in the form, does to prices."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "backoffice/panels/offer_effect.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Name the offer that is edited."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["offer_id"] = self.instance.pk or 0
            return context


def offer_form() -> ObjectList:
    """Return the whole form."""
    return ObjectList(
        [
            FieldPanel("name"),
            time_panel(),
            MultiFieldPanel(
                [
                    FieldPanel("kind"),
                    FieldRowPanel([FieldPanel("percent"), FieldPanel("buy"), FieldPanel("get")]),
                    FieldPanel("on_sale_items"),
                ],
                heading=gettext_lazy("What it takes off"),
            ),
            InlinePanel(
                "steps",
                heading=gettext_lazy("Steps"),
                label=gettext_lazy("Step"),
                panels=[FieldRowPanel([FieldPanel("units"), FieldPanel("percent")])],
                help_text=gettext_lazy(
                    "For “More off the more is bought”: units of all that fits are counted"
                    " together."
                ),
            ),
            MultiFieldPanel(scope_panels(), heading=gettext_lazy("What it counts for")),
            EffectPanel(heading=gettext_lazy("What it does")),
        ],
        base_form_class=OfferForm,
    )


class OfferViewSet(SnippetViewSet):
    """Offers."""

    model = Offer
    icon = "decimal"
    menu_label = gettext_lazy("Offers")
    admin_url_namespace = "offers"
    base_url_path = "offers"
    list_display = [
        "name",
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display"),
        Column("scope", label=gettext_lazy("Counts for"), accessor="get_scope_display"),
        Column("starts_at", label=gettext_lazy("From"), sort_key="starts_at"),
        Column("ends_at", label=gettext_lazy("Until"), sort_key="ends_at"),
        BooleanColumn("active", label=gettext_lazy("Switched on"), sort_key="active"),
    ]
    list_filter = ["active", "kind"]
    search_fields = ["name"]
    ordering = ["-pk"]
    edit_handler = offer_form()
