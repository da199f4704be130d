"""A card that is filled in says the same as a card that the template engine renders."""

import re
from itertools import product
from typing import Any

from django.template.loader import get_template, render_to_string

from shop.core.fragments import Fragment

PICTURE = {"src": "/a.jpg", "width": "4", "height": "4", "alt": 'A "small" <lamp>'}
SRCSETS = {"avif_srcset": "/a.avif 4w", "webp_srcset": ""}


def card(**values: Any) -> dict[str, Any]:
    return {
        "url": "/products/lamp/?a=1&b=2",
        "name": "Lamp <b>& Co</b>",
        "brand": None,
        "price": "KSh\u00a010",
        "was_price": None,
        "from_price": False,
        "badge": None,
        "badge_tone": None,
        "stock_note": None,
        "stock_state": None,
        "picture": None,
        **values,
    }


CARDS = [
    card(
        name=name,
        brand=brand,
        was_price=was,
        from_price=varies,
        stock_note=note,
        picture=picture,
        badge=badge,
        badge_tone="sale",
    )
    for name, brand, was, varies, note, picture, badge in product(
        ["Lamp <b>& Co</b>", "0"],
        ["", "O'Neill"],
        [None, "KSh\u00a012"],
        [True, False],
        [None, "Sold out"],
        [None, PICTURE, {**PICTURE, **SRCSETS}],
        [None, "\u221220%"],
    )
]


def lines(html: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", html)


def test_every_kind_of_card() -> None:
    template = get_template("components/product_card.html")
    fragment = Fragment("components/product_card.html")
    for eager in (True, False):
        for item in CARDS * 2:
            expected = lines(template.render({"item": item, "eager": eager}))
            assert fragment.render([item], eager=eager) == expected


def test_texts_never_leak_from_one_item_to_the_next() -> None:
    fragment = Fragment("components/facet_choice.html")
    rows = [
        {"value": f"<{n}>", "label": f"L{n}", "count": str(n), "selected": n == 2} for n in range(4)
    ]
    html = fragment.render(rows, name="brand")
    assert [f"&lt;{n}&gt;" in html for n in range(4)] == [True] * 4
    assert html.count("checked") == 1
    assert fragment.render([{**rows[0], "count": ""}], name='"x"').count("&quot;x&quot;") == 1


def test_the_grid_loads_the_first_row_at_once() -> None:
    grid = render_to_string("components/product_grid.html", {"cards": [card(picture=PICTURE)] * 6})
    assert grid.count("product-card__name") == 6
    assert grid.count('loading="lazy"') == 2
    lazy = render_to_string(
        "components/product_grid.html", {"cards": [card(picture=PICTURE)] * 6, "lazy_all": True}
    )
    assert lazy.count('loading="lazy"') == 6
