"""Everything that changes something."""

from __future__ import annotations

from typing import Any

import strawberry

from shop.api.customers.answers import address_answer
from shop.api.errors import missing
from shop.api.graphql.catalogue import Product
from shop.api.graphql.context import Info, number
from shop.api.graphql.inputs import AddressInput, LineInput, OrderInput, PaymentInput, body_of
from shop.api.graphql.once import once
from shop.api.graphql.people import Address, customer, wishes
from shop.api.graphql.sales import Cart, Order, Payment
from shop.api.orders.access import order_for, unknown_order
from shop.api.orders.answers import new_order_answer, order_answers
from shop.api.orders.carts import (
    line_added,
    line_removed,
    quantity_set,
    voucher_applied,
    voucher_removed,
)
from shop.api.orders.input import CancelInput, checked
from shop.api.orders.placing import placed_order
from shop.api.payments.views import begun_payment, payment_answer
from shop.api.permissions import changes_all_orders
from shop.customers.actions import add_wish, delete_address, remove_wish, save_address
from shop.flows.cancel_order import cancel_order as cancel


@strawberry.type
class Mutation:
    """Changes; each stands alone, so that one that is refused undoes no other."""

    @strawberry.mutation(description="Order items, or what is in the cart.")
    def create_order(self, info: Info, input: OrderInput) -> Order | None:
        context = info.context
        context.require("orders:write")
        context.change("order")
        body = body_of(input)
        key = body.pop("idempotency_key", None)

        def work(wish: str | None) -> dict[str, Any]:
            return new_order_answer(placed_order(context.request, body, wish))

        return once(context, "createOrder", body, work, key=key)  # type: ignore[return-value]

    @strawberry.mutation(description="Stop an order that is not being prepared yet.")
    def cancel_order(
        self, info: Info, id: strawberry.ID, token: str = "", note: str = ""
    ) -> Order | None:
        context = info.context
        context.require("orders:write")
        context.change()
        user = context.request.user
        staff = changes_all_orders(user)
        order = order_for(user, number(id, unknown_order()), token=token, staff=staff)
        cancelled = cancel(
            order_id=order.pk,
            actor=user.get_username() if staff else "",
            note=checked(CancelInput, {"note": note})["note"],
            by_customer=not staff,
        )
        return order_answers([cancelled])[0]  # type: ignore[return-value]

    @strawberry.mutation(
        description="Begin to pay an order; the payment that is open already is answered again."
    )
    def pay_order(self, info: Info, input: PaymentInput) -> Payment | None:
        context = info.context
        context.require("orders:write")
        context.change("payment")
        body = body_of(input)
        key = body.pop("idempotency_key", None)

        def work(_wish: str | None) -> dict[str, Any]:
            payment, _made = begun_payment(context.request, body)
            return payment_answer(payment, context.request)

        return once(context, "payOrder", body, work, key=key)  # type: ignore[return-value]

    @strawberry.mutation(description="Put units on top of those in the cart.")
    def cart_add_line(
        self, info: Info, input: LineInput, idempotency_key: str | None = None
    ) -> Cart | None:
        context, body = info.context, body_of(input)
        context.change()

        def work(_wish: str | None) -> dict[str, Any]:
            return line_added(context.request, body)

        return once(  # type: ignore[return-value]
            context, "cartAddLine", body, work, key=idempotency_key, answers_with_a_cart=True
        )

    @strawberry.mutation(description="Set how many units a line has; 0 takes it out.")
    def cart_set_quantity(self, info: Info, line: strawberry.ID, quantity: int) -> Cart | None:
        info.context.change()
        request = info.context.request
        return quantity_set(request, _line(line), {"quantity": quantity})  # type: ignore[return-value]

    @strawberry.mutation(description="Take a line out of the cart.")
    def cart_remove_line(self, info: Info, line: strawberry.ID) -> Cart | None:
        info.context.change()
        return line_removed(info.context.request, _line(line))  # type: ignore[return-value]

    @strawberry.mutation(description="Apply a voucher to the cart, in place of another.")
    def cart_apply_voucher(self, info: Info, code: str) -> Cart | None:
        info.context.change("voucher")
        return voucher_applied(info.context.request, {"code": code})  # type: ignore[return-value]

    @strawberry.mutation(description="Take the voucher off the cart.")
    def cart_remove_voucher(self, info: Info) -> Cart | None:
        info.context.change()
        return voucher_removed(info.context.request)  # type: ignore[return-value]

    @strawberry.mutation(description="Wish for a product; answers the wishlist.")
    def wishlist_add(self, info: Info, product: strawberry.ID) -> list[Product] | None:
        add_wish(_changing(info), _product(product))
        return wishes(info.context)

    @strawberry.mutation(description="Wish for it no longer; answers the wishlist.")
    def wishlist_remove(self, info: Info, product: strawberry.ID) -> list[Product] | None:
        remove_wish(_changing(info), _product(product))
        return wishes(info.context)

    @strawberry.mutation(description="Write a new address, or change the one with this id.")
    def address_save(
        self, info: Info, input: AddressInput, id: strawberry.ID | None = None
    ) -> Address | None:
        user = _changing(info)
        pk = None if id is None else number(id, missing("There is no such address in your book."))
        return address_answer(save_address(user, address_id=pk, **body_of(input)))  # type: ignore[return-value]

    @strawberry.mutation(description="Take an address out of the book; answers its id.")
    def address_delete(self, info: Info, id: strawberry.ID) -> strawberry.ID | None:
        user = _changing(info)
        delete_address(user, number(id, missing("There is no such address in your book.")))
        return id


def _changing(info: Info) -> Any:
    user = customer(info.context)
    info.context.change()
    return user


def _line(line: Any) -> int:
    return number(line, missing("This line is not in your cart."))


def _product(product: Any) -> int:
    return number(product, missing("There is no such product.", "product"))
