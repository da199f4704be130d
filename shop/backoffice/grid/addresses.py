"""Where the table of prices and stock, and the ledgers, stand."""

from django.urls import path

from shop.backoffice.grid.ledger import variant_ledger
from shop.backoffice.grid.views import stock_grid

GRID_ADDRESSES = [
    path("stock/", stock_grid, name="stock_grid"),
    path("stock/ledger/<int:variant_id>/", variant_ledger, name="variant_ledger"),
]
