"""What the shop adds to Wagtail's admin."""

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from shop.backoffice.audit.report import STAFF_LOG_ADDRESSES
from shop.backoffice.audit.report import menu_item as staff_log_menu_item
from shop.backoffice.audit.words import log_shop_actions
from shop.backoffice.categories.addresses import CATEGORY_ADDRESSES
from shop.backoffice.categories.change import tell_before_delete, tell_before_move
from shop.backoffice.categories.screen import header_buttons as category_header_buttons
from shop.backoffice.categories.screen import menu_item as category_menu_item
from shop.backoffice.customers.listing import CustomerAdmin
from shop.backoffice.customers.steps import CUSTOMER_ADDRESSES, log_customer_actions
from shop.backoffice.entrance import guard_private_documents
from shop.backoffice.fulfilment.addresses import FULFILMENT_ADDRESSES
from shop.backoffice.fulfilment.doors import menu_item as parcels_menu_item
from shop.backoffice.grid.addresses import GRID_ADDRESSES
from shop.backoffice.grid.views import menu_item as grid_menu_item
from shop.backoffice.home.panel import construct_homepage_panels
from shop.backoffice.imports.addresses import IMPORT_ADDRESSES
from shop.backoffice.messages.group import MESSAGE_ADDRESSES, MessageGroup
from shop.backoffice.money.addresses import MONEY_ADDRESSES
from shop.backoffice.money.doors import menu_item as money_menu_item
from shop.backoffice.orders.addresses import ORDER_ADDRESSES
from shop.backoffice.people.screens import STAFF_ADDRESSES, log_staff_actions
from shop.backoffice.people.screens import menu_item as staff_menu_item
from shop.backoffice.preview_links import page_header_buttons, page_preview_link
from shop.backoffice.products.bulk import PublishProducts, UnpublishProducts
from shop.backoffice.products.viewset import ProductViewSet
from shop.backoffice.records.order_steps import send_again, take_step
from shop.backoffice.records.orders import OrderAdmin
from shop.backoffice.records.others import RecordGroup
from shop.backoffice.records.refunds import give_back
from shop.backoffice.reports.views import menu_item as menu_item_of_reports
from shop.backoffice.reports.views import report, reports
from shop.backoffice.running.views import RUNNING_ADDRESSES, log_task_actions
from shop.backoffice.running.views import menu_item as running_menu_item
from shop.backoffice.second_factor import (
    account_menu_item,
    listing_buttons,
    log_actions,
    removal_view,
)
from shop.backoffice.setup.group import SetUpGroup
from shop.backoffice.setup.message_texts import message_text_preview
from shop.backoffice.setup.offers_preview import offer_effect
from shop.backoffice.setup.vouchers import PromotionGroup
from shop.backoffice.stock import change_stock
from shop.backoffice.webhooks.deliveries import send_delivery_again, send_test
from shop.backoffice.webhooks.secrets import change_secret

register_snippet(ProductViewSet)
register_snippet(PromotionGroup)
modeladmin_register(OrderAdmin)
modeladmin_register(CustomerAdmin)
modeladmin_register(MessageGroup)
modeladmin_register(RecordGroup)
hooks.register("register_admin_viewset", SetUpGroup)
hooks.register("register_admin_menu_item", money_menu_item)
hooks.register("register_admin_menu_item", grid_menu_item)
hooks.register("register_admin_menu_item", category_menu_item)
hooks.register("register_page_header_buttons", category_header_buttons)
hooks.register("before_move_page", tell_before_move)
hooks.register("before_delete_page", tell_before_delete)
hooks.register("register_admin_menu_item", parcels_menu_item)
hooks.register("register_bulk_action", PublishProducts)
hooks.register("register_bulk_action", UnpublishProducts)
hooks.register("register_page_header_buttons", page_header_buttons)
hooks.register("before_serve_document", guard_private_documents)
hooks.register("register_account_menu_item", account_menu_item)
hooks.register("register_user_listing_buttons", listing_buttons)
hooks.register("register_log_actions", log_actions)
hooks.register("register_log_actions", log_task_actions)
hooks.register("register_reports_menu_item", running_menu_item)
hooks.register("register_log_actions", log_customer_actions)
hooks.register("register_log_actions", log_staff_actions)
hooks.register("register_log_actions", log_shop_actions)
hooks.register("register_settings_menu_item", staff_menu_item)
hooks.register("register_reports_menu_item", staff_log_menu_item)


hooks.register("register_reports_menu_item", menu_item_of_reports)
hooks.register("construct_homepage_panels", construct_homepage_panels)


@hooks.register("register_admin_urls")
def shop_addresses() -> list[URLPattern]:
    """Views that belong to no viewset."""
    return [
        *IMPORT_ADDRESSES,
        *GRID_ADDRESSES,
        *CATEGORY_ADDRESSES,
        path("stock/<int:product_id>/", change_stock, name="stock"),
        path("offers/<int:offer_id>/effect/", offer_effect, name="offer_effect"),
        path("preview-links/pages/<int:page_id>/", page_preview_link, name="page_preview_link"),
        path("orders/<int:order_id>/step/<slug:step>/", take_step, name="order_step"),
        path("payments/<int:payment_id>/refund/", give_back, name="give_back"),
        path("messages/<int:message_id>/send-again/", send_again, name="message_send_again"),
        path(
            "users/<int:user_id>/remove-second-factor/", removal_view, name="remove_second_factor"
        ),
        path("webhooks/<int:webhook_id>/test/", send_test, name="webhook_test"),
        path("webhooks/<int:webhook_id>/secret/", change_secret, name="webhook_secret"),
        path(
            "webhook-deliveries/<int:delivery_id>/send-again/",
            send_delivery_again,
            name="webhook_replay",
        ),
        path("message-texts-preview/", message_text_preview, name="message_text_preview"),
        path("figures/", reports, name="shop_reports"),
        path("figures/<slug:slug>/", report, name="shop_report"),
        *ORDER_ADDRESSES,
        *MONEY_ADDRESSES,
        *RUNNING_ADDRESSES,
        *FULFILMENT_ADDRESSES,
        *CUSTOMER_ADDRESSES,
        *MESSAGE_ADDRESSES,
        *STAFF_LOG_ADDRESSES,
        *STAFF_ADDRESSES,
    ]


@hooks.register("insert_global_admin_js")
def starting_script() -> SafeString:
    """What starts Wagtail's widgets where inline scripts may not run."""
    return format_html('<script src="{}"></script>', static("backoffice/starting.js"))


@hooks.register("insert_global_admin_css")
def shop_styles() -> SafeString:
    """The look of the shop's own pages."""
    return format_html('<link rel="stylesheet" href="{}">', static("backoffice/backoffice.css"))
