"""Each page that a shopper meets, 16 at a time: how long the slowest of a hundred takes (P1)."""

from dataclasses import replace
from importlib import import_module

from django.conf import settings

from benchmarks import load
from benchmarks.bench import CONNECTIONS, Bench, figure_of, one_after_another
from benchmarks.load import get
from benchmarks.ordering import count_stock
from benchmarks.shopping import category_paths, product_slugs, root_path, search_words
from shop.cart import actions
from shop.cart.models import Cart
from shop.catalog.models import Variant
from shop.orders.models import Order
from shop.storefront.basket import COUNT, TOKEN

MOST_MS = 250.0
SECONDS = 5.0


def every_page(bench: Bench) -> None:
    """P1."""
    for what, requests in _pages().items():
        one_after_another(bench.port, requests[:20], bench.server)
        done = load.run(
            bench.port,
            lambda number, asked=requests: asked[number % len(asked)],  # type: ignore[misc]
            connections=CONNECTIONS,
            seconds=SECONDS,
            server=bench.server,
        )
        figure = figure_of("P1", what, done)
        wrong = {status: count for status, count in done.statuses.items() if status != 200}
        notes = [f"answers were not 200: {wrong}"] if wrong else []
        notes += [f"p99 above {MOST_MS:.0f} ms"] if figure.p99 > MOST_MS else []
        bench.figures.append(replace(figure, note="; ".join(notes), broken=bool(wrong)))
        print(f"  P1 {what}: p99 {figure.p99:,.0f} ms", flush=True)


def _pages() -> dict[str, list[bytes]]:
    categories = category_paths()
    visitor = f"Cookie: {settings.SESSION_COOKIE_NAME}={_session_with_a_cart()}"
    tokens = Order.objects.order_by("-pk").values_list("token", flat=True)[:50]
    asked = {
        "home": ["/"],
        "category": categories,
        "category, by price": [f"{path}?sort=price" for path in categories],
        "category, filtered": [f"{path}?min_price=500&max_price=5000" for path in categories],
        "all products, page 3,000": [f"{root_path()}?page=3000"],
        "product": [f"/products/{slug}/" for slug in product_slugs()],
        "search": [f"/search/?q={word}" for word in search_words()],
        "order": [f"/orders/{token}/" for token in tokens],
        "login": ["/account/login/"],
    }
    return {
        **{what: [get(path) for path in paths] for what, paths in asked.items() if paths},
        **{
            f"{what}, with a cart": [get(path, visitor) for path in paths]
            for what, paths in {
                "category": categories,
                "cart": ["/cart/"],
                "checkout": ["/checkout/"],
            }.items()
        },
    }


def _session_with_a_cart() -> str:
    cart = Cart.objects.create()
    variants = list(Variant.objects.order_by("pk").values_list("pk", flat=True)[:3])
    count_stock(variants, 1_000)
    for variant in variants:
        actions.add_line(cart=cart, variant_id=variant, quantity=1)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[TOKEN], session[COUNT] = cart.token, len(variants)
    session.save()
    return str(session.session_key)
