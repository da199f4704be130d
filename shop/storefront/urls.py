"""Addresses of the server-rendered shop."""

from django.urls import path

from shop.storefront.views import account, cart, checkout, health, orders, product, sitemap

urlpatterns = [
    path("products/<slug:slug>/", product.show_product, name="product"),
    path("cart/", cart.show_cart, name="cart"),
    path("cart/lines/", cart.add_to_cart, name="cart-add"),
    path("cart/lines/<int:line_id>/", cart.change_line, name="cart-line"),
    path("cart/lines/<int:line_id>/remove/", cart.remove_line, name="cart-line-remove"),
    path("checkout/", checkout.checkout, name="checkout"),
    path("orders/<slug:token>/", orders.show_order, name="order"),
    path("orders/<slug:token>/cancel/", orders.cancel, name="order-cancel"),
    path("account/", account.account_home, name="account"),
    path("account/orders/", account.account_orders, name="account-orders"),
    path("account/profile/", account.account_profile, name="account-profile"),
    path("sitemap.xml", sitemap.sitemap_index, name="sitemap"),
    path("sitemap-<str:part>-<int:number>.xml", sitemap.sitemap, name="sitemap-part"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("health/", health.alive, name="health"),
    path("health/ready/", health.ready, name="health-ready"),
]
