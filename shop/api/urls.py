"""Addresses of the API."""

from django.urls import path, re_path

from shop.api.admin import views as admin
from shop.api.admin.alerts import Alerts
from shop.api.categories import views as categories
from shop.api.customers import views as customers
from shop.api.orders import carts
from shop.api.orders import views as orders
from shop.api.orders.delivery import CartDelivery
from shop.api.orders.quoting import CartQuote
from shop.api.orders.receipts import OrderReceipt
from shop.api.pages import router
from shop.api.payments import views as payments
from shop.api.payments.refunds import PaymentRefunds
from shop.api.products import imports
from shop.api.products import views as products
from shop.api.schema.views import Docs, Schema
from shop.api.shipments import returns
from shop.api.shipments import views as shipments
from shop.api.unknown import UnknownAddress
from shop.api.webhooks import views as webhooks
from shop.api.wishlist import views as wishlist

urlpatterns = [
    path("products/", products.ProductList.as_view()),
    path("products/find/", products.FindProduct.as_view()),
    path("products/upload/", imports.Upload.as_view()),
    path("imports/<int:run_id>/", imports.ImportReport.as_view()),
    path("imports/<int:run_id>/undo/", imports.UndoImport.as_view()),
    path("products/<int:product_id>/", products.ProductDetail.as_view()),
    path("categories/", categories.CategoryList.as_view()),
    path("categories/tree/", categories.CategoryTree.as_view()),
    path("categories/average-prices/", categories.AveragePrices.as_view()),
    path("categories/<str:reference>/", categories.CategoryDetail.as_view()),
    path("categories/<str:reference>/average-price/", categories.AveragePrice.as_view()),
    path("cart/", carts.ShowCart.as_view()),
    path("cart/delivery/", CartDelivery.as_view()),
    path("cart/quote/", CartQuote.as_view()),
    path("cart/voucher/", carts.CartVoucher.as_view()),
    path("cart/lines/", carts.CartLines.as_view()),
    path("cart/lines/<int:line_id>/", carts.CartLineDetail.as_view()),
    path("orders/", orders.OrderList.as_view()),
    path("orders/<int:order_id>/", orders.OrderDetail.as_view()),
    path("orders/<int:order_id>/cancel/", orders.CancelOrder.as_view()),
    path("orders/<int:order_id>/receipt/", OrderReceipt.as_view()),
    path("orders/<int:order_id>/notifications/", orders.OrderNotifications.as_view()),
    path("orders/<int:order_id>/shipments/", shipments.OrderShipments.as_view()),
    path("orders/<int:order_id>/returns/", returns.OrderReturns.as_view()),
    path("shipments/", shipments.ShipmentList.as_view()),
    path("shipments/<int:shipment_id>/", shipments.ShipmentDetail.as_view()),
    path("returns/", returns.ReturnList.as_view()),
    path("returns/<int:return_id>/", returns.ReturnDetail.as_view()),
    path("payments/", payments.PaymentList.as_view()),
    path("payments/methods/", payments.PaymentMethods.as_view()),
    path("payments/<int:payment_id>/", payments.PaymentDetail.as_view()),
    path("payments/<int:payment_id>/refund/", PaymentRefunds.as_view()),
    path("customers/me/", customers.Me.as_view()),
    path("customers/me/addresses/", customers.Addresses.as_view()),
    path("customers/me/addresses/<int:address_id>/", customers.AddressDetail.as_view()),
    path("customers/me/consents/", customers.Consents.as_view()),
    path("customers/me/export/", customers.Export.as_view()),
    path("wishlist/", wishlist.Wishlist.as_view()),
    path("wishlist/<int:product_id>/", wishlist.Wish.as_view()),
    path("admin/dashboard/", admin.Dashboard.as_view()),
    path("admin/customers/", admin.Customers.as_view()),
    path("admin/low-stock/", admin.LowStock.as_view()),
    path("admin/alerts/", Alerts.as_view()),
    path("webhooks/", webhooks.WebhookList.as_view()),
    path("webhooks/<int:webhook_id>/", webhooks.WebhookDetail.as_view()),
    path("webhooks/<int:webhook_id>/secret/", webhooks.WebhookSecret.as_view()),
    path("webhooks/<int:webhook_id>/test/", webhooks.WebhookTest.as_view()),
    path("webhooks/<int:webhook_id>/deliveries/", webhooks.DeliveryList.as_view()),
    path(
        "webhooks/<int:webhook_id>/deliveries/<int:delivery_id>/", webhooks.DeliveryDetail.as_view()
    ),
    path(
        "webhooks/<int:webhook_id>/deliveries/<int:delivery_id>/replay/", webhooks.Replay.as_view()
    ),
    path("schema/", Schema.as_view(), name="api-schema"),
    path("docs/", Docs.as_view(), name="api-docs"),
    path("", router.urls),
    re_path("", UnknownAddress.as_view()),
]
