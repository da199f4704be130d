"""What the shop adds to Wagtail's admin."""

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from shop.backoffice.imports import catalogue_import, catalogue_imports
from shop.backoffice.products.bulk import PublishProducts, UnpublishProducts
from shop.backoffice.products.viewset import ProductViewSet
from shop.backoffice.records.order_steps import send_again, take_step
from shop.backoffice.records.orders import OrderAdmin
from shop.backoffice.records.others import RecordGroup
from shop.backoffice.setup.group import SetUpGroup
from shop.backoffice.setup.message_texts import message_text_preview
from shop.backoffice.stock import change_stock

register_snippet(ProductViewSet)
modeladmin_register(OrderAdmin)
modeladmin_register(RecordGroup)
hooks.register("register_admin_viewset", SetUpGroup)
hooks.register("register_bulk_action", PublishProducts)
hooks.register("register_bulk_action", UnpublishProducts)


@hooks.register("register_admin_urls")
def shop_addresses() -> list[URLPattern]:
    """Views that belong to no viewset."""
    return [
        path("imports/", catalogue_imports, name="catalogue_imports"),
        path("imports/<int:run_id>/", catalogue_import, name="catalogue_import"),
        path("stock/<int:product_id>/", change_stock, name="stock"),
        path("orders/<int:order_id>/step/<slug:step>/", take_step, name="order_step"),
        path("messages/<int:message_id>/send-again/", send_again, name="message_send_again"),
        path("message-texts-preview/", message_text_preview, name="message_text_preview"),
    ]


@hooks.register("insert_global_admin_css")
def shop_styles() -> SafeString:
    """The look of the shop's own pages."""
    return format_html('<link rel="stylesheet" href="{}">', static("backoffice/backoffice.css"))
