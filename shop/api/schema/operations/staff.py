"""What only staff see."""

from shop.api.admin.alerts import AlertInput
from shop.api.schema.operation import ONCE, PAGING, SEARCH, Operation, Table, reads
from shop.api.schema.shapes import staff as shapes
from shop.api.schema.shapes.basics import page

OPERATIONS: Table = {
    ("GET", "admin/dashboard/"): reads(shapes.DashboardShape, public=False),
    ("GET", "admin/customers/"): reads(
        page(shapes.CustomerShape), {**PAGING, **SEARCH}, public=False
    ),
    ("GET", "admin/low-stock/"): reads(page(shapes.LowStockShape), PAGING, public=False),
    ("POST", "admin/alerts/"): Operation(
        {202: shapes.AlertShape}, headers=ONCE, body=AlertInput, public=False, errors={409}
    ),
}
