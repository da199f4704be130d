from collections import defaultdict
from decimal import Decimal

from django.db import migrations
from django.db.models import F

ZERO = Decimal("0.00")


def note_what_went_back(apps, schema_editor):
    """Tell orders and lines of refunds that were done before they kept them."""
    alias = schema_editor.connection.alias
    refunds = apps.get_model("payments", "Refund").objects.using(alias)
    payments = apps.get_model("payments", "Payment").objects.using(alias)
    orders = apps.get_model("orders", "Order").objects.using(alias)
    lines = apps.get_model("orders", "OrderLine").objects.using(alias)
    parts = apps.get_model("payments", "RefundLine").objects.using(alias)
    done = refunds.filter(state="done", payment__state="paid", payment__order__isnull=False)
    gone = defaultdict(lambda: ZERO)
    for order_id, amount in done.values_list("payment__order", "amount").iterator():
        gone[order_id] += amount
    for order_id, amount in gone.items():
        order = orders.get(pk=order_id)
        paid = payments.filter(order=order_id, state="paid")
        came = sum((p.amount if p.received is None else p.received for p in paid), ZERO)
        surplus = max(came - order.total - order.rounding, ZERO)
        back = min(max(amount - surplus, ZERO), order.total)
        orders.filter(pk=order_id).update(refunded=back)
    rows = parts.filter(refund__in=done).values_list("order_line", "quantity", "amount")
    for line_id, units, amount in rows.iterator():
        lines.filter(pk=line_id).update(
            refunded_units=F("refunded_units") + units, refunded=F("refunded") + amount
        )


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0011_what_went_back"),
        ("payments", "0007_money_that_went_out"),
    ]

    operations = [migrations.RunPython(note_what_went_back, migrations.RunPython.noop)]
