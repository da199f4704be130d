"""Yardsticks: what this machine can do at best, measured in the same run as the shop."""

import json
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from shop.catalog.models import Variant
from shop.inventory.models import StockLevel
from shop.notifications.models import Message
from shop.orders.models import Order, OrderLine

PAGE = ("<p>A fixed page of forty kilobytes.</p>" * 1100)[:40_000].encode()


class Counter:
    """Count the statements of one request."""

    def __init__(self) -> None:
        self.statements = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.statements += not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))
        return execute(sql, params, many, context)


def count_statements(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer how many statements a request took, where it asks for that."""

    def counted(request: HttpRequest) -> HttpResponseBase:
        if request.path == "/yardstick/fixed/":
            # Before all other middleware: the yardstick is Django, not the shop.
            return HttpResponse(PAGE, headers={"Content-Length": str(len(PAGE))})
        if "X-Count-Statements" not in request.headers:
            return get_response(request)
        counter = Counter()
        with connection.execute_wrapper(counter):
            response = get_response(request)
        response["X-Statements"] = str(counter.statements)
        return response

    return counted


@csrf_exempt
def order(request: HttpRequest) -> HttpResponse:
    """A hand-written order: stock, order, lines and two message rows in one transaction."""
    items = json.loads(request.body)["items"]
    variants = {
        variant.sku: variant
        for variant in Variant.objects.select_related("product").filter(
            sku_key__in=[item["sku"].casefold() for item in items]
        )
    }
    with transaction.atomic():
        total = sum(variants[item["sku"]].product.price * item["quantity"] for item in items)
        placed = Order(
            payment_method="cash_on_delivery",
            name="Demo Shopper",
            phone="+254712345678",
            delivery_method="pickup",
            delivery_name="Pick up",
            currency="KES",
            subtotal=total,
            tax=0,
            total=total,
            placed_at=timezone.now(),
            notify_sms=False,
            notify_email=False,
        )
        Order.objects.bulk_create([placed])  # without the shop's receivers
        OrderLine.objects.bulk_create(
            OrderLine(
                order=placed,
                product_id=variants[item["sku"]].product_id,
                variant_id=variants[item["sku"]].pk,
                sku=item["sku"],
                name=variants[item["sku"]].product.name,
                quantity=item["quantity"],
                unit_price=variants[item["sku"]].product.price,
                line_total=variants[item["sku"]].product.price * item["quantity"],
                tax_class="standard",
                tax_percent=16,
                tax=0,
            )
            for item in items
        )
        Message.objects.bulk_create(
            Message(order=placed, event="yardstick", channel=channel, recipient="nobody")
            for channel in ("sms", "email")
        )
        for item in sorted(items, key=lambda item: variants[item["sku"]].pk):
            StockLevel.objects.filter(
                pk=variants[item["sku"]].pk, on_hand__gte=F("reserved") + item["quantity"]
            ).update(reserved=F("reserved") + item["quantity"])
    return JsonResponse({"id": placed.pk}, status=201)
