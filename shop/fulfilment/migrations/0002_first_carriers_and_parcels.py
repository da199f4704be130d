"""Name the first carriers, and give orders from before there were shipments theirs."""

from django.db import migrations

CARRIERS = [
    ("Our own rider", ""),
    ("DHL Express", "https://www.dhl.com/global-en/home/tracking/tracking-express.html"
     "?submit=1&tracking-id={number}"),
]
STATUS = {
    "confirmed": "preparing",
    "packed": "packed",
    "shipped": "shipped",
    "delivered": "delivered",
}
GONE = ("shipped", "delivered")
AT_ONCE = 500


def write_carriers(apps, schema_editor):
    carriers = apps.get_model("fulfilment", "Carrier").objects
    for name, pattern in CARRIERS:
        carriers.get_or_create(name=name, defaults={"tracking_pattern": pattern})


def write_shipments(apps, schema_editor):
    Order = apps.get_model("orders", "Order")
    last = 0
    while True:
        orders = list(
            Order.objects.filter(pk__gt=last, status__in=STATUS, shipments=None)
            .order_by("pk")
            .prefetch_related("lines", "events")[:AT_ONCE]
        )
        if not orders:
            return
        write_some(apps, orders)
        last = orders[-1].pk


def write_some(apps, orders):
    models = {name: apps.get_model("fulfilment", name) for name in
              ("Shipment", "ShipmentLine", "Progress")}
    shipments = [as_shipment(models["Shipment"], order) for order in orders]
    models["Shipment"].objects.bulk_create(shipments)
    lines, counts = [], []
    for order, shipment in zip(orders, shipments, strict=True):
        for line in order.lines.all():
            lines.append(models["ShipmentLine"](
                shipment=shipment, order_line=line, quantity=line.quantity
            ))
            counts.append(models["Progress"](
                order_line=line,
                ordered=line.quantity,
                planned=line.quantity,
                shipped=line.quantity if order.status in GONE else 0,
            ))
    models["ShipmentLine"].objects.bulk_create(lines, batch_size=1000)
    models["Progress"].objects.bulk_create(counts, batch_size=1000, ignore_conflicts=True)


def as_shipment(Shipment, order):
    stamps = {}
    for event in order.events.all():
        if event.kind in ("packed", *GONE):
            stamps[f"{event.kind}_at"] = event.created_at
            stamps[f"{event.kind}_by"] = event.actor
    if order.status in GONE:
        stamps.setdefault("shipped_at", order.updated_at)
    else:
        stamps.pop("shipped_at", None)
    return Shipment(
        order=order, number=1, status=STATUS[order.status], created_at=order.placed_at, **stamps
    )


class Migration(migrations.Migration):
    dependencies = [
        ("fulfilment", "0001_initial"),
        ("orders", "0006_partly_shipped_orders"),
    ]

    operations = [
        migrations.RunPython(write_carriers, migrations.RunPython.noop),
        migrations.RunPython(write_shipments, migrations.RunPython.noop),
    ]
