"""Where the tools for categories stand."""

from django.urls import path

from shop.backoffice.categories.change import category_change
from shop.backoffice.categories.order import category_order
from shop.backoffice.categories.prices import category_prices, category_prices_file

CATEGORY_ADDRESSES = [
    path("category-tools/", category_prices, name="category_prices"),
    path("category-tools/prices.csv", category_prices_file, name="category_prices_file"),
    path("category-tools/<int:pk>/", category_prices, name="category_prices_of"),
    path("category-tools/<int:pk>/order/", category_order, name="category_order"),
    path("category-tools/<int:pk>/change/", category_change, name="category_change"),
]
