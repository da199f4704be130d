"""Products as Wagtail snippets."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from shop.backoffice.products.listing import ProductIndexView
from shop.backoffice.products.panels import product_form
from shop.backoffice.products.publishing import (
    ProductCopyView,
    ProductCreateView,
    ProductEditView,
    ProductWorkflowView,
)
from shop.catalog.models import Product


class ProductChooserViewSet(SnippetChooserViewSet):
    """Choose a product for a page or a block."""

    icon = "tag"
    choose_one_text = _("Choose a product")
    choose_another_text = _("Choose another product")
    edit_item_text = _("Edit this product")


class ProductViewSet(SnippetViewSet):
    """List, form and history of products."""

    model = Product
    icon = "tag"
    menu_label = _("Products")
    menu_order = 110
    add_to_admin_menu = True
    admin_url_namespace = "products"
    base_url_path = "products"
    index_view_class = ProductIndexView
    add_view_class = ProductCreateView
    edit_view_class = ProductEditView
    workflow_action_view_class = ProductWorkflowView
    copy_view_class = ProductCopyView
    chooser_viewset_class = ProductChooserViewSet
    inspect_view_enabled = True
    inspect_view_fields = [
        "name", "sku", "brand", "price", "sale_price", "sale_from", "sale_until", "tax_class",
        "featured", "description", "slug", "first_published_at", "last_published_at",
    ]  # fmt: skip
    list_per_page = 25
    edit_handler = product_form()
