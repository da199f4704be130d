"""Addresses of the API."""

from django.urls import path, re_path

from shop.api.categories import views as categories
from shop.api.orders import carts
from shop.api.orders import views as orders
from shop.api.pages import router
from shop.api.products import imports
from shop.api.products import views as products
from shop.api.schema.views import Docs, Schema
from shop.api.unknown import UnknownAddress

urlpatterns = [
    path("products/", products.ProductList.as_view()),
    path("products/find/", products.FindProduct.as_view()),
    path("products/upload/", imports.Upload.as_view()),
    path("imports/<int:run_id>/", imports.ImportReport.as_view()),
    path("products/<int:product_id>/", products.ProductDetail.as_view()),
    path("categories/", categories.CategoryList.as_view()),
    path("categories/tree/", categories.CategoryTree.as_view()),
    path("categories/average-prices/", categories.AveragePrices.as_view()),
    path("categories/<str:reference>/", categories.CategoryDetail.as_view()),
    path("categories/<str:reference>/average-price/", categories.AveragePrice.as_view()),
    path("cart/", carts.ShowCart.as_view()),
    path("cart/lines/", carts.CartLines.as_view()),
    path("cart/lines/<int:line_id>/", carts.CartLineDetail.as_view()),
    path("orders/", orders.OrderList.as_view()),
    path("orders/<int:order_id>/", orders.OrderDetail.as_view()),
    path("orders/<int:order_id>/cancel/", orders.CancelOrder.as_view()),
    path("orders/<int:order_id>/notifications/", orders.OrderNotifications.as_view()),
    path("schema/", Schema.as_view(), name="api-schema"),
    path("docs/", Docs.as_view(), name="api-docs"),
    path("", router.urls),
    re_path("", UnknownAddress.as_view()),
]
