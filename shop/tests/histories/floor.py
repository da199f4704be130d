"""What the people of the shop do with goods in a history: parcels, returns, counts."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from shop.flows.answer_return import answer_return
from shop.flows.ask_for_return import ask_for_return
from shop.flows.cancel_shipment import cancel_shipment
from shop.flows.change_shipment import change_shipment
from shop.flows.confirm_order import confirm_order
from shop.flows.deliver_order import deliver_order
from shop.flows.deliver_shipment import deliver_shipment
from shop.flows.edit_order import Edit, edit_order
from shop.flows.make_shipment import make_shipment
from shop.flows.pack_order import pack_order
from shop.flows.pack_shipment import pack_shipment
from shop.flows.receive_return import receive_return
from shop.flows.refund_return import refund_return
from shop.flows.ship_order import ship_order
from shop.flows.ship_shipment import ship_shipment
from shop.fulfilment import rules as parcels
from shop.fulfilment.models import Return, Shipment
from shop.inventory.actions import adjust
from shop.orders.contact import Contact, Place
from shop.orders.models import Order, OrderLine
from shop.tests.histories.buyers import ANY, BuyersAndNetwork, have_orders


class ShopFloor(BuyersAndNetwork):
    """People who pack, send, take back and count."""

    @precondition(have_orders)
    @rule(which=ANY, step=st.sampled_from([confirm_order, pack_order, ship_order, deliver_order]))
    def staff_moves_on(self, which: int, step) -> None:
        with self.here():
            step(order_id=self.order(which))

    @precondition(have_orders)
    @rule(which=ANY, units=st.tuples(st.integers(0, 4), st.integers(0, 2)).filter(any))
    def staff_changes_an_order(self, which: int, units: tuple[int, int]) -> None:
        order = Order.objects.get(pk=self.order(which))
        wish = Edit(
            {v: n for v, n in zip(self.variants, units, strict=True) if n},
            Contact(order.name, str(order.phone), order.email),
            Place(order.county, order.area, order.landmark),
            order.delivery_method,
            voucher=order.voucher_code,
        )
        with self.here():
            edit_order(order_id=order.pk, wish=wish)

    @precondition(have_orders)
    @rule(which=ANY, place=ANY, units=st.integers(0, 2))
    def staff_takes_a_parcel_out(self, which: int, place: int, units: int) -> None:
        order_id = self.order(which)
        wanted = {self.line(order_id, place): units} if units else None
        with self.here():
            make_shipment(order_id=order_id, units=wanted)

    def line(self, order_id: int, place: int) -> int:
        lines = OrderLine.objects.filter(order=order_id).order_by("pk").values_list("pk", flat=True)
        return lines[place % len(lines)]

    @precondition(lambda self: Shipment.objects.exists())
    @rule(
        which=ANY,
        step=st.sampled_from([pack_shipment, ship_shipment, deliver_shipment, cancel_shipment]),
    )
    def staff_moves_a_parcel(self, which: int, step) -> None:
        ids = list(Shipment.objects.order_by("pk").values_list("pk", flat=True))
        with self.here():
            step(shipment_id=ids[which % len(ids)])

    @precondition(lambda self: Shipment.objects.exists())
    @rule(
        which=ANY,
        status=st.sampled_from([None, *parcels.MOVES]),
        number=st.sampled_from([None, "", "G4S 77"]),
    )
    def a_program_changes_a_parcel(
        self, which: int, status: str | None, number: str | None
    ) -> None:
        ids = list(Shipment.objects.order_by("pk").values_list("pk", flat=True))
        with self.here():
            change_shipment(
                shipment_id=ids[which % len(ids)], status=status, tracking_number=number
            )

    @precondition(have_orders)
    @rule(which=ANY, place=ANY, units=st.integers(1, 3))
    def buyer_asks_to_return(self, which: int, place: int, units: int) -> None:
        order_id = self.order(which)
        with self.here():
            ask_for_return(order_id=order_id, units={self.line(order_id, place): units})

    @precondition(lambda self: Return.objects.exists())
    @rule(which=ANY, step=st.sampled_from(["yes", "no", "restock", "receive", "refund"]))
    def staff_moves_a_return(self, which: int, step: str) -> None:
        asked = list(Return.objects.order_by("pk"))[which % Return.objects.count()]
        with self.here():
            if step in ("yes", "no"):
                answer_return(return_id=asked.pk, accept=step == "yes")
            elif step == "refund":
                refund_return(return_id=asked.pk)
            else:
                lines = asked.lines.all() if step == "restock" else []
                restock = {line.order_line_id: line.quantity for line in lines}
                receive_return(return_id=asked.pk, restock=restock)

    @rule(place=st.integers(0, 1), change=st.sampled_from([1, 3, -1]))
    def staff_counts(self, place: int, change: int) -> None:
        with self.here():
            adjust(
                variant_id=self.variants[place], change=change, kind="corrected", reason="counted"
            )
