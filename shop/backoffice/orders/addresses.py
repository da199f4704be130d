"""Where the screens for working on orders stand."""

from django.urls import path

from shop.backoffice.orders.bulk import many_orders
from shop.backoffice.orders.caller_order import new_order
from shop.backoffice.orders.edit import change_order
from shop.backoffice.orders.kept_lists import keep_list

ORDER_ADDRESSES = [
    path("orders/new/", new_order, name="order_new"),
    path("orders/many/", many_orders, name="orders_many"),
    path("orders/lists/", keep_list, name="order_lists"),
    path("orders/<int:order_id>/change/", change_order, name="order_change"),
]
