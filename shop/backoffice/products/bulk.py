"""Publish and unpublish many products at once."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.actions.unpublish import UnpublishAction
from wagtail.admin import messages
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from shop.backoffice.products.filters import ProductFilterSet
from shop.backoffice.products.listing import search_products
from shop.backoffice.products.publishing import explain, publish_product
from shop.catalog.models import Product
from shop.customers.models import User


class ProductBulkAction(SnippetBulkAction):
    """A bulk action on products, for those who may publish them."""

    models = [Product]
    template_name = "backoffice/products/bulk.html"
    question: Any = ""

    def check_perm(self, obj: Product) -> bool:
        return bool(self.request.user.has_perm("catalog.publish_product"))

    def get_all_objects_in_listing_query(self, parent_id: Any) -> list[int]:
        """Return what the list showed; the address to return to holds its search and filters."""
        shown = QueryDict(self.next_url.partition("?")[2])
        products = ProductFilterSet(shown, queryset=Product.objects.all(), request=self.request).qs
        return list(search_products(products, shown.get("q", "")).values_list("pk", flat=True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["question"] = self.question
        context["action_name"] = self.display_name
        return context

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "user": self.request.user}


class PublishProducts(ProductBulkAction):
    """Publish the latest version of each; what cannot go live stays as it is and is named."""

    display_name = gettext_lazy("Publish")
    action_type = "publish"
    aria_label = gettext_lazy("Publish the chosen products")
    action_priority = 10
    question = gettext_lazy("Publish the latest version of these products?")

    @classmethod
    def execute_action(cls, objects: Sequence[Product], **kwargs: Any) -> tuple[int, int]:
        view, user = kwargs["self"], kwargs["user"]
        published = 0
        for product in objects:
            try:
                publish_product(product, user=user)
            except ValidationError as error:
                messages.error(view.request, f"{product}: {explain(error)}")
            else:
                published += 1
        return published, 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        if not num_parent_objects:
            return None
        return ngettext(
            "%(count)d product is live.", "%(count)d products are live.", num_parent_objects
        ) % {"count": num_parent_objects}


class UnpublishProducts(ProductBulkAction):
    """Take products out of the shop; their words stay as drafts."""

    display_name = gettext_lazy("Unpublish")
    action_type = "unpublish"
    aria_label = gettext_lazy("Unpublish the chosen products")
    action_priority = 20
    question = gettext_lazy("Take these products out of the shop?")

    @classmethod
    def execute_action(
        cls, objects: Sequence[Product], *, user: User, **kwargs: Any
    ) -> tuple[int, int]:
        live = [product for product in objects if product.live]
        for product in live:
            # check_perm has asked already; the action itself only knows the rights of pages.
            UnpublishAction(product, user=user).execute(skip_permission_checks=True)
        return len(live), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        if not num_parent_objects:
            return _("None of them was live.")
        return ngettext(
            "%(count)d product is no longer in the shop.",
            "%(count)d products are no longer in the shop.",
            num_parent_objects,
        ) % {"count": num_parent_objects}
