"""Who is calling: accounts and earlier buyers, found by phone, name or email."""

from dataclasses import dataclass
from typing import Any

from shop.customers.models import User
from shop.customers.queries import addresses_of, search_customers
from shop.orders.models import Order
from shop.orders.queries import bought_by, search_orders

MOST = 5


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody the shop knows; `mark` names them in the form."""

    mark: str
    name: str
    phone: str
    email: str
    known_for: str


def find_callers(text: str) -> list[Caller]:
    """Return who may be calling: accounts first, then guests by their latest order each."""
    text = " ".join(text.replace("\x00", "").split())
    if not text:
        return []
    people = list(search_customers(text).filter(is_active=True).order_by("-pk")[:MOST])
    bought = bought_by([person.pk for person in people])
    callers = [
        Caller(
            f"account-{person.pk}",
            str(person),
            _shown(person.phone),
            person.email,
            str(bought[person.pk].orders) if person.pk in bought else "0",
        )
        for person in people
    ]
    seen = {caller.phone for caller in callers}
    guests = search_orders(Order.objects.of_guests().exclude(name=""), text)
    for order in guests.order_by("-placed_at", "-pk")[: MOST * 4]:
        phone = _shown(order.phone)
        if phone not in seen and len(callers) < MOST * 2:
            seen.add(phone)
            callers.append(Caller(f"order-{order.pk}", order.name, phone, order.email, ""))
    return callers


def words_of(mark: str) -> dict[str, Any]:
    """Return what the form says of somebody who was chosen; empty for an unknown mark."""
    kind, _dash, number = mark.partition("-")
    if not number.isdecimal() or len(number) > 18:
        return {}
    if kind == "account":
        person = account(number)
        return _of_account(person) if person else {}
    order = Order.objects.of_guests().filter(pk=number).first()
    return _of_order(order, "") if order else {}


def account(number: str) -> User | None:
    """Return the account that an order shall be for; None where there is none."""
    if not number.isdecimal() or len(number) > 18:
        return None
    return User.objects.filter(pk=number, is_active=True).first()


def _of_account(person: User) -> dict[str, Any]:
    latest = Order.objects.filter(user=person).order_by("-placed_at", "-pk").first()
    words = _of_order(latest, str(person.pk)) if latest else {"customer": str(person.pk)}
    words["name"] = person.get_full_name() or words.get("name", "")
    words["phone"] = _shown(person.phone) or words.get("phone", "")
    words["email"] = person.email or words.get("email", "")
    place = addresses_of(person).first()
    if place is not None:
        words |= {"county": place.county, "area": place.area, "landmark": place.landmark}
    return words


def _of_order(order: Order, customer: str) -> dict[str, Any]:
    return {
        "customer": customer,
        "name": order.name,
        "phone": _shown(order.phone),
        "email": order.email,
        "buyer_pin": order.buyer_pin,
        "county": order.county,
        "area": order.area,
        "landmark": order.landmark,
    }


def _shown(phone: Any) -> str:
    return str(phone.as_national) if phone else ""
