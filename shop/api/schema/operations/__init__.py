"""Every address of the API with what it takes and answers: a table for each subject."""

from shop.api.schema.operation import Table
from shop.api.schema.operations import (
    catalogue,
    content,
    customers,
    payments,
    sales,
    shipments,
    staff,
    webhooks,
)

OPERATIONS: Table = {
    **content.OPERATIONS,
    **catalogue.OPERATIONS,
    **sales.OPERATIONS,
    **payments.OPERATIONS,
    **shipments.OPERATIONS,
    **customers.OPERATIONS,
    **staff.OPERATIONS,
    **webhooks.OPERATIONS,
}
