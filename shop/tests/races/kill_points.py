"""Where a process is killed with -9: named points of the life of an order and its money.

A process begins here, patches one point to kill its whole group, and then serves the web or works
as an install does. Production code knows nothing of it.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.core.servers.basehttp import (
    ThreadedWSGIServer,
    WSGIRequestHandler,
    get_internal_wsgi_application,
)
from django.db import connections

BEFORE, AFTER = "before", "after"
PATIENCE = 120  # seconds; a busy machine is no failure


@dataclass(frozen=True)
class Point:
    """A place in the code at which the process that does a step dies."""

    step: str
    where: str  # the dotted name by which it is called
    when: str = AFTER


POINTS = {
    # The web, while it takes an order.
    "the order is written": Point("order", "shop.flows.place_order.orders.create"),
    "its payment is begun": Point("order", "shop.flows.place_order.payments.start"),
    "its stock is taken": Point("order", "shop.flows.place_order.reserve"),
    "it is committed and not answered": Point("order", "shop.flows.place_order._settled"),
    # The worker, while it asks the phone and sends the first SMS.
    "the prompt is claimed": Point("ask", "shop.payments.actions.prompt._claim"),
    "the prompt is noted as leaving": Point("ask", "shop.payments.actions.prompt._hand_over"),
    "the phone rings": Point("ask", "shop.payments.actions.prompt._note", BEFORE),
    "that it rang is noted": Point("ask", "shop.payments.actions.prompt._note"),
    "the SMS is claimed": Point("ask", "shop.notifications.actions.deliver._claim"),
    "the SMS is noted as leaving": Point(
        "ask", "shop.notifications.actions.deliver._hand_over", BEFORE
    ),
    "the SMS is taken": Point("ask", "shop.notifications.actions.deliver._result", BEFORE),
    "that it was taken is noted": Point("ask", "shop.notifications.actions.deliver._hand_over"),
    # The web, while Daraja calls back; it may never call again.
    "the callback is written": Point(
        "hear", "shop.payments.actions.events.enqueue_after_commit", BEFORE
    ),
    "the callback is queued": Point("hear", "shop.payments.actions.events.enqueue_after_commit"),
    "the callback is kept": Point("hear", "shop.payments.actions.keep_result"),
    # The worker, while it makes money of the callback.
    "the event is begun": Point("settle", "shop.payments.actions.events.begin_to_apply"),
    "the payment is paid": Point("settle", "shop.payments.actions.settle.mark_paid"),
    "the order is paid": Point("settle", "shop.flows.settle_payment.paid_in_full"),
    "the event is closed": Point("settle", "shop.payments.actions.events.close"),
    "the event is applied": Point("settle", "shop.flows.apply_provider_event.apply_provider_event"),
    # The worker, where Daraja never called and is asked.
    "the question is claimed": Point("question", "shop.flows.ask_about_prompts._claim"),
    "the answer is there": Point("question", "shop.flows.ask_about_prompts.apply_answer", BEFORE),
    "the answer is noted": Point("question", "shop.flows.ask_about_prompts._keep"),
    # The web, while the shop's people plan, pack and send a parcel, and note that it arrived.
    "the order is taken on": Point("plan", "shop.flows.make_shipment.confirm_order"),
    "the parcel is planned": Point("plan", "shop.flows.make_shipment.fulfilment.take_out"),
    "the plan is committed": Point("plan", "shop.api.shipments.views.make_shipment"),
    "the parcel is packed": Point("pack", "shop.flows.pack_shipment.fulfilment.move"),
    "the order is packed": Point("pack", "shop.flows.pack_shipment.follow_shipments"),
    "the parcel is sent": Point("send", "shop.flows.send_shipments.fulfilment.move"),
    "its units leave the shelf": Point("send", "shop.flows.send_shipments.promises.ship"),
    "the order is sent": Point("send", "shop.flows.send_shipments.follow_shipments"),
    "that it left is committed": Point("send", "shop.api.shipments.views.change_shipment"),
    "the order has arrived": Point("arrive", "shop.flows.deliver_shipment.follow_shipments"),
    # The web, while the buyer cancels a paid order, and while people do after it was taken on.
    "the buyer's goods are back": Point("cancel", "shop.flows.cancel_order.promises.release"),
    "the buyer's order is stopped": Point("cancel", "shop.flows.cancel_order.orders.move"),
    "the buyer's wish is committed": Point("cancel", "shop.api.orders.views.cancel_order"),
    "people have the goods back": Point("stop", "shop.flows.cancel_order.promises.release"),
    "its parcels are stopped": Point("stop", "shop.flows.cancel_order.fulfilment.cancel_staying"),
    "its voucher is free": Point("stop", "shop.flows.cancel_order.pricing.give_back"),
    "people's wish is committed": Point("stop", "shop.api.orders.views.cancel_order"),
    # The web, while people ask for money to go back.
    "the refund is promised": Point("wish", "shop.flows.refund_order.refunds.promise"),
    "the refund is queued": Point("wish", "shop.flows.refund_order.refunds.hand_on"),
    "the refund is committed": Point("wish", "shop.api.payments.refunds.refund_payment"),
    # The worker, while money goes back.
    "the refund is claimed": Point("refund", "shop.payments.actions.refunds.claim"),
    "the refund is noted as leaving": Point("refund", "shop.payments.actions.refunds.Claim.update"),
    "the refund is asked for": Point("refund", "shop.flows.refund_send._accepted", BEFORE),
    "that it was asked for is noted": Point("refund", "shop.flows.refund_send._accepted"),
    "the refund is done": Point("refunded", "shop.payments.actions.refunds.mark_done"),
    "the refund is told of": Point("refunded", "shop.flows.refund_outcome.finish"),
    "what became of it is applied": Point(
        "refunded", "shop.flows.apply_provider_event.apply_provider_event"
    ),
    # The worker, while it takes an unpaid order's goods back.
    "the goods are back": Point("release", "shop.inventory.promises.release"),
    "the order is cancelled": Point("release", "shop.orders.actions.move"),
    "its payments are closed": Point("release", "shop.payments.actions.cancel_unsent"),
    "the release is committed": Point("release", "shop.flows.release_unpaid_orders.cancel_order"),
}


def arm(point: Point) -> None:
    """Let the process and all its workers die, as in a power cut, when the point is reached."""
    owner, name = found(point)
    real = getattr(owner, name)

    def armed(*args: Any, **kwargs: Any) -> Any:
        if point.when == AFTER:
            real(*args, **kwargs)
        os.killpg(os.getpgid(0), signal.SIGKILL)

    setattr(owner, name, armed)


def found(point: Point) -> tuple[Any, str]:
    """Return the module or class that a point is in, and its name there."""
    *path, name = point.where.split(".")
    for length in range(len(path), 0, -1):
        try:
            owner: Any = import_module(".".join(path[:length]))
        except ModuleNotFoundError:
            continue
        for part in path[length:]:
            owner = getattr(owner, part)
        return owner, name
    raise AssertionError(point)


def _begin(point: Point, database: str, install: dict[str, Any]) -> None:
    os.setsid()
    django.setup()
    connections.settings["default"]["NAME"] = database
    for name, value in install.items():
        setattr(settings, name, value)
    arm(point)


def _serve(point: Point, database: str, install: dict[str, Any], port: Connection) -> None:
    _begin(point, database, install)
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(get_internal_wsgi_application())
    port.send(server.server_port)
    server.serve_forever()


def _work(point: Point, database: str, install: dict[str, Any]) -> None:
    _begin(point, database, install)
    call_command("qcluster", verbosity=0)


def start_web(point: Point, install: dict[str, Any]) -> tuple[ForkServerProcess, str]:
    """Serve the shop in a process that dies at a point; returns it and its address."""
    here, there = multiprocessing.Pipe()
    process = _start(_serve, point, install, there)
    wait([here, process.sentinel], PATIENCE)
    assert here.poll(), f"the web did not start: {process.exitcode}"
    return process, f"http://127.0.0.1:{here.recv()}"


def start_worker(point: Point, install: dict[str, Any]) -> ForkServerProcess:
    """Work on the queue in a process that dies at a point."""
    return _start(_work, point, install)


def _start(
    run: Callable[..., None], point: Point, install: dict[str, Any], *more: Any
) -> ForkServerProcess:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["shop.tests.races.kill_points_loaded"])
    database = connections["default"].settings_dict["NAME"]
    process = context.Process(target=run, args=(point, database, install, *more))
    process.start()
    return process


def end(process: ForkServerProcess) -> int | None:
    """Wait for a process to die; kill what lives too long; returns how it ended."""
    process.join(PATIENCE)
    code = process.exitcode
    if code is None:
        os.killpg(process.pid or 0, signal.SIGKILL)
        process.join(PATIENCE)
    return code
