"""Vouchers: their form, which names wrong combinations, their list with uses, and who used them."""

import re
from typing import Any

from django.db.models import DecimalField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import (
    CopyView,
    IndexView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from shop.backoffice.amounts import refuse_negative
from shop.backoffice.setup.offers import OfferViewSet
from shop.backoffice.setup.offers_scope import (
    PromotionForm,
    keep_positive,
    scope_panels,
    time_panel,
)
from shop.core.money import ZERO, display
from shop.pricing.models import Redemption, Voucher
from shop.pricing.queries.promotions import uses_of
from shop.pricing.rules import code_key

CODE = re.compile(r"[\w-]{3,40}")
LATEST = 20


class VoucherForm(PromotionForm):
    """A voucher."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        refuse_negative(self, "value", "minimum")

    def clean_code(self) -> str:
        """Refuse a code that is taken, whatever its case, or that is hard to type."""
        code: str = self.cleaned_data["code"].strip()
        if not CODE.fullmatch(code):
            self.add_error("code", _("3 to 40 letters, digits, - and _, without spaces."))
        elif Voucher.objects.exclude(pk=self.instance.pk).filter(code_key=code_key(code)).exists():
            self.add_error("code", _("Another voucher has this code already."))
        return code

    def clean(self) -> dict[str, Any]:
        """Check kind and limits."""
        cleaned = super().clean()
        cleaned["value"] = cleaned.get("value") or ZERO
        kind = cleaned.get("kind")
        if kind == Voucher.Kind.DELIVERY:
            self.refuse(("value",), _("Free delivery takes the fee off; leave this empty."))
        elif kind:
            keep_positive(self, "value", _("How much does it take off?"))
        if kind == Voucher.Kind.PERCENT and cleaned.get("value", ZERO) > 100:
            self.add_error("value", _("A percentage is 100 at most."))
        self._clean_limits(cleaned.get("limit"), cleaned.get("limit_per_customer"))
        return cleaned

    def _clean_limits(self, limit: int | None, own: int | None) -> None:
        for name, value in (("limit", limit), ("limit_per_customer", own)):
            if value == 0:
                self.add_error(name, _("Leave it empty, or switch the voucher off."))
        if limit and own and own > limit:
            self.add_error("limit_per_customer", _("More than it may be used in all."))
        uses = Redemption.objects.filter(voucher=self.instance.pk, given_back_at=None).count()
        if limit and limit < uses:
            self.add_error("limit", _("It was used %d times already.") % uses)


class UsesPanel(Panel):
    """Who used it last, read-only."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "backoffice/panels/voucher_uses.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Read the latest uses."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            uses = self.instance.redemptions.order_by("-pk") if self.instance.pk else []
            context["uses"] = [{"use": use, "amount": display(use.amount)} for use in uses[:LATEST]]
            return context


def voucher_form() -> ObjectList:
    """Return the whole form."""
    return ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("note")]),
            time_panel(),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("value"), FieldPanel("minimum")]),
                    FieldRowPanel([FieldPanel("on_sale_items"), FieldPanel("combinable")]),
                ],
                heading=gettext_lazy("What it takes off"),
            ),
            FieldRowPanel(
                [FieldPanel("limit"), FieldPanel("limit_per_customer")],
                heading=gettext_lazy("How often"),
            ),
            MultiFieldPanel(scope_panels(), heading=gettext_lazy("What it counts for")),
            UsesPanel(heading=gettext_lazy("Used by")),
        ],
        base_form_class=VoucherForm,
    )


def _worth(voucher: Voucher) -> str:
    if voucher.kind == Voucher.Kind.PERCENT:
        return f"{voucher.value.normalize():f} %"
    if voucher.kind == Voucher.Kind.AMOUNT:
        return display(voucher.value)
    return str(voucher.get_kind_display())


def _uses(voucher: Any) -> str:
    if voucher.limit is None:
        return str(voucher.uses)
    return _("%(uses)d of %(limit)d") % {"uses": voucher.uses, "limit": voucher.limit}


class VoucherIndexView(IndexView):
    """The list, with what the vouchers did so far: uses and money in the same statement."""

    def get_base_queryset(self) -> QuerySet[Voucher]:
        """Add uses and what they took off."""
        stands = Redemption.objects.filter(voucher=OuterRef("pk"), given_back_at=None)
        taken = stands.order_by().values("voucher").annotate(taken=Sum("amount")).values("taken")
        money = DecimalField(max_digits=14, decimal_places=2)
        vouchers: QuerySet[Voucher] = super().get_base_queryset()
        return vouchers.annotate(
            uses=uses_of(Redemption.objects.all()),
            taken_off=Coalesce(Subquery(taken), Value(ZERO), output_field=money),
        )


class VoucherCopyView(CopyView):
    """A copy gets a code of its own."""

    def _get_initial_form_instance(self) -> Voucher:
        voucher: Voucher = super()._get_initial_form_instance()
        voucher.code = ""
        return voucher


class VoucherViewSet(SnippetViewSet):
    """Vouchers."""

    model = Voucher
    icon = "key"
    menu_label = gettext_lazy("Vouchers")
    admin_url_namespace = "vouchers"
    base_url_path = "vouchers"
    index_view_class = VoucherIndexView
    copy_view_class = VoucherCopyView
    list_display = [
        "code",
        Column("worth", label=gettext_lazy("Takes off"), accessor=_worth),
        Column("uses", label=gettext_lazy("Used"), accessor=_uses, sort_key="uses"),
        Column(
            "taken_off",
            label=gettext_lazy("Taken off in all"),
            accessor=lambda voucher: display(voucher.taken_off),
            sort_key="taken_off",
        ),
        Column("ends_at", label=gettext_lazy("Until"), sort_key="ends_at"),
        BooleanColumn("active", label=gettext_lazy("Switched on"), sort_key="active"),
    ]
    list_export = [
        "code", "note", "kind", "value", "minimum", "limit", "limit_per_customer", "starts_at",
        "ends_at", "active", "uses", "taken_off",
    ]  # fmt: skip
    list_filter = ["active", "kind"]
    search_fields = ["code", "note"]
    ordering = ["-pk"]
    edit_handler = voucher_form()


class PromotionGroup(SnippetViewSetGroup):
    """Vouchers and offers."""

    menu_label = gettext_lazy("Promotions")
    menu_icon = "key"
    menu_name = "promotions"
    menu_order = 135
    items = (VoucherViewSet, OfferViewSet)
