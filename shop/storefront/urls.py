"""Addresses of the server-rendered shop."""

from django.urls import path

from shop.health.state import PARTS
from shop.storefront.accounts.security import account_security
from shop.storefront.accounts.sessions import end_session
from shop.storefront.views import (
    cart,
    checkout,
    health,
    message_notices,
    news,
    orders,
    parcels,
    payment,
    payment_notices,
    product,
    receipts,
    sitemap,
)
from shop.storefront.views.account import addresses, data, details, wishlist
from shop.storefront.views.account import orders as own_orders

urlpatterns = [
    path("products/<slug:slug>/", product.show_product, name="product"),
    path("cart/", cart.show_cart, name="cart"),
    path("cart/lines/", cart.add_to_cart, name="cart-add"),
    path("cart/lines/<int:line_id>/", cart.change_line, name="cart-line"),
    path("cart/lines/<int:line_id>/remove/", cart.remove_line, name="cart-line-remove"),
    path("cart/voucher/", cart.change_voucher, name="cart-voucher"),
    path("checkout/", checkout.checkout, name="checkout"),
    path("orders/<slug:token>/", orders.show_order, name="order"),
    path("orders/<slug:token>/cancel/", orders.cancel, name="order-cancel"),
    path("orders/<slug:token>/return/", parcels.ask_back, name="order-return"),
    path("orders/<slug:token>/pay/", payment.pay, name="order-pay"),
    path("orders/<slug:token>/payment/", payment.payment_news, name="order-payment"),
    path("orders/<slug:token>/receipt/", receipts.show_receipt, name="receipt"),
    path("orders/<slug:token>/receipt.pdf", receipts.receipt_pdf, name="receipt-pdf"),
    path(
        "orders/<slug:token>/credit-notes/<slug:number>/",
        receipts.show_credit_note,
        name="credit-note",
    ),
    path(
        "orders/<slug:token>/credit-notes/<slug:number>.pdf",
        receipts.credit_note_pdf,
        name="credit-note-pdf",
    ),
    path("payments/notify/stripe/", payment_notices.card_notice, name="card-notice"),
    path("payments/notify/<slug:token>/", payment_notices.prompt_result, name="payment-notice"),
    path(
        "payments/notify/<slug:token>/late/",
        payment_notices.refund_late,
        name="refund-late",
    ),
    path(
        "payments/notify/<slug:token>/confirmation/",
        payment_notices.transfer_confirmation,
        name="transfer-confirmation",
    ),
    path(
        "payments/notify/<slug:token>/validation/",
        payment_notices.transfer_validation,
        name="transfer-validation",
    ),
    path(
        "messages/notify/<slug:token>/<slug:kind>/",
        message_notices.message_notice,
        name="message-notice",
    ),
    path("stop/<slug:token>/", news.news_stop, name="news-stop"),
    path("account/", own_orders.account_home, name="account"),
    path("account/orders/", own_orders.account_orders, name="account-orders"),
    path("account/wishlist/", wishlist.account_wishlist, name="account-wishlist"),
    path("account/wishlist/<int:product_id>/", wishlist.add, name="wishlist-add"),
    path("account/wishlist/<int:product_id>/remove/", wishlist.remove, name="wishlist-remove"),
    path("account/addresses/", addresses.account_addresses, name="account-addresses"),
    path("account/addresses/new/", addresses.account_address, name="address-new"),
    path("account/addresses/<int:address_id>/", addresses.account_address, name="address-edit"),
    path(
        "account/addresses/<int:address_id>/default/",
        addresses.make_default,
        name="address-default",
    ),
    path(
        "account/addresses/<int:address_id>/delete/",
        addresses.delete_address,
        name="address-delete",
    ),
    path("account/profile/", details.account_profile, name="account-profile"),
    path("account/security/", account_security, name="account-security"),
    path("account/sessions/<int:session_id>/end/", end_session, name="account-session-end"),
    path("account/consents/", details.account_consents, name="account-consents"),
    path("account/data/", data.account_data, name="account-data"),
    path("account/data/download/", data.download, name="account-download"),
    path("account/data/delete/", data.leave, name="account-leave"),
    path("sitemap.xml", sitemap.sitemap_index, name="sitemap"),
    path("sitemap-<str:part>-<int:number>.xml", sitemap.sitemap, name="sitemap-part"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("health/", health.alive, name="health"),
    path("health/ready/", health.ready, name="health-ready"),
    *(path(f"health/{name}/", health.part_of_it, {"name": name}) for name in PARTS),
    path("metrics", health.metrics, name="metrics"),
]
