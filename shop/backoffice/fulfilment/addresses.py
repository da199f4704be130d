"""Where the screens about parcels and returns stand."""

from django.urls import path

from shop.backoffice.fulfilment.papers import parcel_papers
from shop.backoffice.fulfilment.returns import return_step
from shop.backoffice.fulfilment.steps import parcel_step, split_order
from shop.backoffice.fulfilment.worklist import parcels

FULFILMENT_ADDRESSES = [
    path("parcels/", parcels, name="parcels"),
    path("parcels/papers/<slug:kind>/", parcel_papers, name="parcel_papers"),
    path("parcels/<int:shipment_id>/<slug:step>/", parcel_step, name="parcel_step"),
    path("orders/<int:order_id>/split/", split_order, name="order_split"),
    path("returns/<int:return_id>/<slug:step>/", return_step, name="return_step"),
]
