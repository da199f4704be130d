"""A headless developer builds a shelf in GraphQL: products, filters, the tree of categories."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from shop.catalog.models import ProductPicture
from shop.tests.factories import (
    make_category,
    make_image,
    make_product,
)
from shop.tests.integration.graphql_door import data, refusals, send

pytestmark = pytest.mark.django_db

CARDS = "query { products(first: 20) { name price categories { title } image { url } } }"


@pytest.fixture
def shelf(shop_site):
    """All Products > Produce > Fruits with three products, Bakery with one."""
    produce = make_category("Produce")
    fruits = make_category("Fruits", produce)
    bakery = make_category("Bakery")
    return {
        "produce": produce,
        "fruits": fruits,
        "bakery": bakery,
        "mango": make_product(
            "Mango", price="120", sku="MG", brand="Shamba", categories=[fruits, produce], stock=5
        ),
        "apple": make_product(
            "Apple", price="80", sale_price="60", categories=[fruits], stock=0, featured=True
        ),
        "kale": make_product("Kale", price="30.5", brand="Shamba", categories=[produce]),
        "bread": make_product("Bread", price="65", categories=[bakery]),
        "draft": make_product("Draft", price="1", categories=[bakery], live=False),
    }


def names(products):
    return [product["name"] for product in products]


def statements(client, query, **variables):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        data(client, query, **variables)
    return len(seen)


def test_a_list_of_products_is_a_list(client, shelf):
    ProductPicture.objects.create(product=shelf["mango"], image=make_image(), alt="A ripe mango")
    products = {product["name"]: product for product in data(client, CARDS)["products"]}
    assert products.keys() == {"Mango", "Apple", "Kale", "Bread"}
    url = products["Mango"]["image"].pop("url")
    assert url.startswith("https://shop.test/media/")
    assert products["Mango"] == {
        "name": "Mango",
        "price": "120.00",
        "categories": [{"title": "Fruits"}, {"title": "Produce"}],
        "image": {},
    }
    assert products["Kale"]["image"] is None


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ('category: "produce"', ["Apple", "Kale", "Mango"]),
        ("minPrice: 60, maxPrice: 80", ["Apple", "Bread"]),
        ('minPrice: "65"', ["Bread", "Mango"]),
        ("inStock: false", ["Apple"]),
        ("onSale: true", ["Apple"]),
        ("featured: true", ["Apple"]),
        ('brand: "Shamba"', ["Kale", "Mango"]),
        ('search: "mango"', ["Mango"]),
        ("order: PRICE, first: 2", ["Kale", "Apple"]),
        ("order: PRICE_DESC, first: 1, offset: 1", ["Bread"]),
    ],
)
def test_lists_are_narrowed_and_sorted_as_over_rest(client, shelf, asked, expected):
    found = names(data(client, f"{{ products({asked}) {{ name }} }}")["products"])
    assert (found if "order" in asked else sorted(found)) == expected


def test_a_page_tells_how_long_the_whole_list_is(client, shelf):
    page = data(client, "{ productPage(first: 1, order: NAME) { totalCount items { name } } }")
    assert page["productPage"] == {"totalCount": 4, "items": [{"name": "Apple"}]}


def test_options_narrow_a_list(client, shop_site):
    sizes = [{"sku": f"S-{size}", "options": {"Size": size}} for size in "SM"]
    make_product("Shirt", variants=sizes)
    make_product("Cap")
    query = (
        'query ($sizes: [String!]!) { products(options: {name: "size", values: $sizes}) { name } }'
    )
    assert names(data(client, query, sizes=["S", "L"])["products"]) == ["Shirt"]
    assert names(data(client, query, sizes=["L"])["products"]) == []


def test_one_product_tells_everything(client, shop_site):
    fruits = make_category("Fruits")
    product = make_product(
        "Tea", price=100, sku="TEA", categories=[fruits], description="<p>Fresh</p>",
        attributes={"Origin": "Kericho"}, pictures=[make_image()],
        variants=[
            {"sku": "TEA-1", "options": {"Size": "Small"}, "stock": 3},
            {"sku": "TEA-2", "options": {"Size": "Large"}, "price": "180", "stock": 0},
        ],
    )  # fmt: skip
    query = """
      query ($id: ID, $slug: String, $sku: String) { product(id: $id, slug: $slug, sku: $sku) {
        id slug url sku description currentPrice currency firstPublishedAt inStock
        attributes { name value } images { url width } categories { slug path }
        variants { sku options { name value } currentPrice available inStock stockNote }
      } }"""
    told = data(client, query, id=str(product.pk))["product"]
    assert data(client, query, slug="tea")["product"] == told
    assert data(client, query, sku="tea-2")["product"] == told
    assert told["id"] == str(product.pk)
    assert told["url"] == "https://shop.test/products/tea/"
    assert told["firstPublishedAt"].endswith("Z")
    assert told["description"] == "<p>Fresh</p>"
    assert told["attributes"] == [{"name": "Origin", "value": "Kericho"}]
    assert len(told["images"]) == 1
    assert told["categories"] == [{"slug": "fruits", "path": ["All Products", "Fruits"]}]
    assert [
        (v["sku"], v["options"], v["currentPrice"], v["available"], v["inStock"], v["stockNote"])
        for v in told["variants"]
    ] == [
        ("TEA-1", [{"name": "Size", "value": "Small"}], "100.00", 3, True, "Only 3 left"),
        ("TEA-2", [{"name": "Size", "value": "Large"}], "180.00", 0, False, "Sold out"),
    ]


@pytest.mark.parametrize(
    "asked", ["id: %d", 'slug: "draft"', 'sku: "DRAFT"', 'id: "99999999999999999999"', 'id: "x"']
)
def test_a_draft_is_as_unknown_as_nothing(client, shelf, asked):
    shelf["draft"].sku = "DRAFT"
    shelf["draft"].save()
    asked = asked % shelf["draft"].pk if "%" in asked else asked
    assert refusals(client, f"{{ product({asked}) {{ name }} }}") == [(None, "not_found")]
    assert "Draft" not in str(data(client, "{ categories { products { name } } }"))


def test_the_tree_comes_in_any_depth(client, shelf):
    tree = data(
        client,
        """{ categories(depth: 1) { title productCount averagePrice
             children { title depth children { title path parent { title } } } } }""",
    )["categories"]
    assert tree == [
        {
            "title": "All Products",
            "productCount": 4,
            "averagePrice": "73.88",
            "children": [
                {
                    "title": "Produce",
                    "depth": 2,
                    "children": [
                        {
                            "title": "Fruits",
                            "path": ["All Products", "Produce", "Fruits"],
                            "parent": {"title": "Produce"},
                        }
                    ],
                },
                {"title": "Bakery", "depth": 2, "children": []},
            ],
        }
    ]


def test_categories_are_listed_found_and_searched(client, shelf):
    listed = data(client, "{ categories { title } }")["categories"]
    assert [each["title"] for each in listed] == ["All Products", "Produce", "Fruits", "Bakery"]
    pk = shelf["produce"].pk
    below = data(client, f"{{ categories(parent: {pk}) {{ title }} }}")["categories"]
    assert below == [{"title": "Fruits"}]
    found = data(client, '{ categories(search: "bak") { title } }')["categories"]
    assert found == [{"title": "Bakery"}]
    assert data(client, f"{{ category(id: {pk}) {{ slug }} }}")["category"] == {"slug": "produce"}
    cheapest = data(
        client, '{ category(slug: "produce") { products(first: 2, order: PRICE) { name } } }'
    )
    assert names(cheapest["category"]["products"]) == ["Kale", "Apple"]
    assert refusals(client, '{ category(slug: "nowhere") { slug } }') == [(None, "not_found")]


def test_a_category_behind_a_login_tells_only_its_name(client, shelf):
    PageViewRestriction.objects.create(
        page=shelf["fruits"], restriction_type=PageViewRestriction.LOGIN
    )
    query = '{ product(sku: "MG") { categories { title url productCount products { name } } } }'
    fruits, produce = data(client, query)["product"]["categories"]
    assert fruits == {"title": "Fruits", "url": None, "productCount": 0, "products": []}
    assert len(produce["products"]) == 3
    assert refusals(client, '{ category(slug: "fruits") { title } }') == [(None, "not_found")]


NESTED = """query ($first: Int!) { categories(first: $first) { title path averagePrice
    parent { title }
    children { title productCount
      children { title }
      products(first: 5, order: PRICE) { name image { url } categories { title url } } } } }"""


def test_nesting_costs_no_statement_a_row(client, shelf):
    make_category("Rolls", shelf["bakery"])
    few = statements(client, NESTED, first=1)
    for number in range(6):
        below = make_category(f"Kind {number}", shelf["bakery"])
        make_category(f"Deep {number}", below)
        for _each in range(3):
            make_product(price=10 + number, categories=[below, shelf["produce"]])
    statements(client, NESTED, first=30)
    assert statements(client, NESTED, first=30) <= few <= 15


def test_windows_of_categories_are_each_their_own(client, shelf):
    query = (
        "{ categories(first: 9) { title products(first: 2, offset: 1, order: PRICE) { name } } }"
    )
    found = {each["title"]: names(each["products"]) for each in data(client, query)["categories"]}
    assert found == {
        "All Products": ["Apple", "Bread"],
        "Produce": ["Apple", "Mango"],
        "Fruits": ["Mango"],
        "Bakery": [],
    }


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("{ products(first: 101) { name } }", "first"),
        ("{ products(first: -1) { name } }", "first"),
        ("{ products(offset: -1) { name } }", "offset"),
        ("{ products(minPrice: -1) { name } }", "minPrice"),
        ('{ products(category: "nowhere") { name } }', "category"),
        ('{ categories(parent: "x") { title } }', "parent"),
    ],
)
def test_wrong_words_are_named_as_they_were_written(client, shelf, query, place):
    assert [attr for attr, _code in refusals(client, query)] == [place]


def test_a_list_that_is_refused_leaves_the_others_their_answers(client, shelf):
    query = '{ products(first: 101) { name } category(slug: "bakery") { title } }'
    told = send(client, query)
    assert told["data"] == {"products": None, "category": {"title": "Bakery"}}
    assert [error["path"] for error in told["errors"]] == [["products"]]
