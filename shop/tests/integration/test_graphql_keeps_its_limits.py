"""Nobody gets more out of GraphQL than the rest of the API gives: limits, doors, faults, papers."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from graphql import build_client_schema, get_introspection_query

from shop.tests.factories import make_category, make_product
from shop.tests.integration.api_orders import customer
from shop.tests.integration.graphql_door import GRAPHQL, data, refusals, send

pytestmark = pytest.mark.django_db

DOCS = Path(settings.BASE_DIR) / "docs"
CYCLE = """{ categories { ...A } } fragment A on Category { title ...B }
  fragment B on Category { title children { ...A } }"""
INTROSPECTION = "{ __schema { queryType { fields { name type { kind ofType { name } } } } } }"


def nested(depth):
    return "{ categories { " + "children { " * depth + "title" + " }" * depth + " } }"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (nested(9), "query_too_deep"),
        (nested(150), "query_too_deep"),
        (nested(320), "parse_error"),
        (CYCLE, "query_too_deep"),
        ("{ ...A } fragment A on Query { cart { count } ...A }", "invalid"),
        ("{ " + " ".join(f"a{n}: cart {{ count }}" for n in range(31)) + " }", "too_many_aliases"),
        ("{ products { " + "name " * 300 + "} }", "query_too_wide"),
        ("{ products { name } } fragment A on Product { " + "name " * 900 + "}", "invalid"),
        ("{ products { " + "name " * 1000 + "} }", "parse_error"),
        ("{" * 999, "parse_error"),
        ("#\n" * 101 + "{ cart { count } }", "parse_error"),
        ("{ products(brand: " + "[" * 400 + "]" * 400 + ") { name } }", "parse_error"),
        (
            "{ products(first: 100) { categories { products(first: 100) { name } } } }",
            "query_too_expensive",
        ),
        (
            "{ categories { ...A } } fragment A on Category { "
            "products(first: 100) { variants { sku } images { url } } }",
            "query_too_expensive",
        ),
        (
            "mutation { "
            + " ".join(f'a{n}: cartAddLine(input: {{sku: "x"}}) {{ count }}' for n in range(13))
            + " }",
            "query_too_expensive",
        ),
        ("query A { cart { count } } query B { cart { count } }", "operation_name_required"),
        ("{ products { nothing } }", "invalid"),
        ("{ products(first: 99999999999) { name } }", "invalid"),
        ('{ products(minPrice: "cheap") { name } }', "invalid"),
        ("{ products(minPrice: true) { name } }", "invalid"),
        ('{ products(search: "\\ud800") { name } }', "parse_error"),
    ],
)  # fmt: skip
def test_what_is_too_much_or_nonsense_is_refused_before_it_runs(
    client, django_assert_num_queries, query, code
):
    with django_assert_num_queries(0):
        assert (None, code) in refusals(client, query, 400)


def test_variables_count_in_the_cost(client, shop_site):
    query = """query ($n: Int! = 100) { products(first: $n) {
      categories { products(first: $n) { name } } } }"""
    too_much = [(None, "query_too_expensive")]
    assert data(client, query, n=5) == {"products": []}
    assert refusals(client, query, 400, n=100) == too_much
    assert refusals(client, query, 400) == too_much
    for wrong in ("x", -1, 1e9, True, None, [1]):
        assert refusals(client, query, 400, n=wrong) == too_much


@pytest.mark.parametrize("price", ["cheap", "NaN", True, [1], {"a": 1}])
def test_an_amount_that_is_none_is_refused_as_a_variable_too(client, shop_site, price):
    query = "query ($price: Money) { products(minPrice: $price) { name } }"
    assert refusals(client, query, 400, price=price) == [(None, "invalid")]


def test_a_variable_that_is_nothing_is_refused_where_something_must_be(client, shop_site):
    query = "query($n: Int = 1) { products(first: $n) { name } }"
    assert refusals(client, query, n=None) == [(None, "invalid")]


def test_usual_questions_are_within_the_limits(client, shop_site):
    everything = (
        "id name slug url sku price description images { url } image { url } categories { title }"
    )
    assert data(client, f"{{ products(first: 100) {{ {everything} variants {{ sku }} }} }}")
    assert data(client, "{ categories { title children { title children { title } } } }")
    assert data(client, nested(6))


def test_an_answer_that_grows_longer_than_it_looked_is_stopped(client, shop_site):
    top = shop_site.all_products
    for number in range(40):
        make_category(f"Kind {number}")
    for _each in range(20):
        make_product(categories=[top])
    asked = "children { parent { children { title } } }"
    query = f"{{ products {{ categories {{ {asked} }} }} cart {{ count }} }}"
    told = send(client, query)
    assert [each["code"] for each in told["errors"][0]["extensions"]["errors"]] == [
        "answer_too_large"
    ]
    assert told["data"] == {"products": None, "cart": None}
    assert data(client, f'{{ category(slug: "all-products") {{ {asked} }} }}')


@pytest.mark.parametrize(
    ("body", "place", "code"),
    [
        ([{"query": "{ cart { count } }"}], None, "invalid"),
        ({}, "query", "required"),
        ({"query": 1}, "query", "required"),
        ({"query": "{ cart { count } }", "variables": []}, "variables", "invalid"),
        ({"query": "{ cart { count } }", "operationName": 1}, "operationName", "invalid"),
        ({"query": "query A { cart { count } }", "operationName": "B"}, "operationName", "invalid"),
        ({"query": '{ product(slug: "a\\u0000") { id } }'}, "query", "invalid"),
        ({"query": "{ cart { count } }", "variables": {"a": ["\x00"]}}, "variables", "invalid"),
    ],
)
def test_a_body_that_is_no_operation(client, body, place, code):
    answer = client.post(GRAPHQL, json.dumps(body), content_type="application/json")
    assert answer.status_code == 400, answer.content
    error = answer.json()["errors"][0]
    assert (error["attr"], error["code"]) == (place, code)


def test_the_door_is_that_of_the_api(client):
    asked = {"query": "{ cart { count } }"}
    assert client.get(GRAPHQL, asked).status_code == 405
    assert client.post(GRAPHQL, asked).status_code == 415
    assert client.post(GRAPHQL, "{", content_type="application/json").status_code == 400
    large = json.dumps({"query": "{ cart { count } }" + " " * 110_000})
    assert client.post(GRAPHQL, large, content_type="application/json").status_code == 413
    deep = '{"query": "{ cart { count } }", "variables": ' + '{"a":' * 9_000 + "1" + "}" * 9_001
    assert client.post(GRAPHQL, deep, content_type="application/json").status_code == 400
    bad = {"Authorization": "Bearer nobody-s"}
    refused = client.post(GRAPHQL, asked, content_type="application/json", headers=bad)
    assert refused.status_code == 401
    assert refused.json()["errors"][0]["code"] == "invalid_token"


def test_a_session_needs_its_csrf_token():
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(customer("amina"))
    asked = json.dumps({"query": "{ me { id } }"})
    refused = browser.post(GRAPHQL, asked, content_type="application/json")
    assert refused.status_code == 403
    known = browser.cookies["csrftoken"] = "a" * 32
    allowed = browser.post(
        GRAPHQL, asked, content_type="application/json", headers={"X-CSRFToken": known}
    )
    assert allowed.json()["data"]["me"]["id"]


def test_mutations_count_among_the_changes_of_their_caller(shop_site, settings, steady_minute):
    make_product("Mango", sku="MG")
    settings.API_RATES = {"write": {"customer": 2}}
    browser = Client()
    browser.force_login(customer("amina"))
    add = 'cartAddLine(input: {sku: "MG"}) { count }'
    told = send(browser, f"mutation {{ a: {add} b: {add} c: {add} }}")
    assert told["data"] == {"a": {"count": 1}, "b": {"count": 2}, "c": None}
    assert told["errors"][0]["extensions"]["status"] == 429
    assert data(browser, "{ cart { count } }") == {"cart": {"count": 2}}


def test_the_schema_is_asked_in_development_and_by_staff(client, settings):
    assert data(client, INTROSPECTION)["__schema"]["queryType"]["fields"]
    settings.GRAPHQL_INTROSPECTION = False
    for query in (INTROSPECTION, '{ ...A } fragment A on Query { __type(name: "Order") { name } }'):
        assert refusals(client, query, 400) == [(None, "introspection_off")]
    assert data(client, "{ __typename cart { __typename } }")["__typename"] == "Query"
    shopper, editor = Client(), Client()
    shopper.force_login(customer("amina"))
    editor.force_login(customer("editor", "access_admin"))
    assert refusals(shopper, INTROSPECTION, 400) == [(None, "introspection_off")]
    assert data(editor, INTROSPECTION)["__schema"]


def test_tools_may_read_the_whole_schema(client):
    build_client_schema(data(client, get_introspection_query()))


def test_a_fault_tells_nothing_and_is_logged_as_one(shop_site, caplog):
    def broken(*_call):
        raise RuntimeError("the password is swordfish")

    client = Client(raise_request_exception=False)
    query = "{ products { name } cart { count } }"
    with connection.execute_wrapper(broken):
        answer = client.post(GRAPHQL, {"query": query}, content_type="application/json")
    assert answer.status_code == 200
    assert "swordfish" not in answer.content.decode()
    told = answer.json()["errors"][0]
    assert told["extensions"] == {
        "type": "server_error",
        "errors": [{"code": "error", "detail": "Server Error (500)", "attr": None}],
        "status": 500,
    }
    assert "swordfish" in caplog.text


def test_the_schema_on_paper_is_the_one_that_answers(tmp_path):
    call_command("write_graphql_schema", path=tmp_path / "now")
    assert (tmp_path / "now").read_text() == (DOCS / "schema.graphql").read_text(), (
        "Renew it: manage.py write_graphql_schema"
    )


def test_every_example_of_the_docs_runs(client, shop_site):
    fruits = make_category("Fruits")
    make_product("Mango", price=116, sku="MG", stock=10, categories=[fruits])
    known = {}
    examples = re.findall(r"```graphql\n(.*?)```", (DOCS / "graphql.md").read_text(), re.S)
    assert len(examples) == 7
    for example in examples:
        wanted = {name: known[name] for name in re.findall(r"\$(\w+):", example)}
        told = send(client, example, **wanted)
        assert "errors" not in told, (example, told)
        known |= told["data"].get("createOrder", {})
    assert known["status"] == "placed"
