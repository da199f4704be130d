"""Addresses of the API."""

from django.urls import path

from shop.api.categories import views as categories
from shop.api.products import views as products

urlpatterns = [
    path("products/", products.ProductList.as_view()),
    path("products/find/", products.FindProduct.as_view()),
    path("products/<int:product_id>/", products.ProductDetail.as_view()),
    path("categories/", categories.CategoryList.as_view()),
    path("categories/tree/", categories.CategoryTree.as_view()),
    path("categories/average-prices/", categories.AveragePrices.as_view()),
    path("categories/<str:reference>/", categories.CategoryDetail.as_view()),
    path("categories/<str:reference>/average-price/", categories.AveragePrice.as_view()),
]
