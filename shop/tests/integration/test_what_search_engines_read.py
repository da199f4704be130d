"""Sitemap, robots, canonical addresses and structured data."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.test import Client

from shop.catalog.queries import sitemap
from shop.tests.factories import ShopSite, make_category_path, make_image, make_product

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def addresses(client: Client, address: str) -> list[str]:
    response = client.get(address.removeprefix("https://shop.test"))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml"
    return [
        place.text or ""
        for place in ElementTree.fromstring(response.content).iterfind(".//s:loc", SPACE)
    ]


def structured(client: Client, address: str) -> list[dict]:
    html = client.get(address).content.decode()
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert text
    data = json.loads(text[1])
    return data if isinstance(data, list) else [data]


def test_the_sitemap_lists_every_public_page_and_product_once(
    client: Client, shop_site: ShopSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "WINDOW", 3)
    fruits = make_category_path("Produce", "Fruits")
    products = [make_product(categories=[fruits, shop_site.all_products]) for _ in range(7)]
    hidden = make_product(live=False)
    listed = [a for part in addresses(client, "/sitemap.xml") for a in addresses(client, part)]
    assert len(listed) == len(set(listed))
    assert {f"https://shop.test{p.url}" for p in products} <= set(listed)
    assert "https://shop.test/all-products/produce/fruits/" in listed
    assert "https://shop.test/" in listed
    assert f"https://shop.test{hidden.url}" not in listed
    for part in ("products-999", "pages-999999999999", "nothing-0"):
        assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_robots_stay_out_of_what_belongs_to_one_visitor(client: Client, db: None) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /checkout/" in text
    assert "Sitemap: https://shop.test/sitemap.xml" in text


def test_a_product_describes_its_offer(client: Client, shop_site: ShopSite) -> None:
    product = make_product(
        "Lamp </script><b>",
        price=100,
        sale_price=80,
        brand="Ada & Bob",
        stock=0,
        categories=[make_category_path("Lamps")],
        pictures=[make_image()],
        description="<p>Bright.</p><p>Small.</p>",
    )
    offer, crumbs = structured(client, product.url)
    assert offer["name"] == "Lamp </script><b>"
    assert offer["description"] == "Bright. Small."
    assert offer["brand"]["name"] == "Ada & Bob"
    assert offer["offers"]["price"] == "80.00"
    assert offer["offers"]["priceCurrency"] == "KES"
    assert offer["offers"]["availability"].endswith("OutOfStock")
    assert offer["image"][0].startswith("https://shop.test/media/images/")
    assert [step["name"] for step in crumbs["itemListElement"]] == [
        "Home",
        "All Products",
        "Lamps",
        "Lamp </script><b>",
    ]
    meta = client.get(f"{product.url}?variant={product.sku}").context["meta"]
    assert meta["canonical"] == f"https://shop.test{product.url}"
    assert meta["type"] == "product"


def test_a_category_describes_the_way_to_it(client: Client, shop_site: ShopSite) -> None:
    make_category_path("Lamps", "Solar")
    (crumbs,) = structured(client, "/all-products/lamps/solar/")
    assert [step["item"] for step in crumbs["itemListElement"]] == [
        "https://shop.test/",
        "https://shop.test/all-products/",
        "https://shop.test/all-products/lamps/",
        "https://shop.test/all-products/lamps/solar/",
    ]


def test_health_says_whether_the_database_answers(client: Client, db: None) -> None:
    assert client.get("/health/").json() == {"status": "ok"}
    assert client.get("/health/ready/").json()["database"] == "ok"
