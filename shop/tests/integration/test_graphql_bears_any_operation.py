"""Whatever operation a program makes up from the schema, a front can read the answer."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import from_schema, nodes

from shop.api.graphql.schema import schema
from shop.tests.factories import make_category, make_product
from shop.tests.integration.graphql_door import GRAPHQL

# Amounts, and words that only look like some.
MONEY = st.one_of(
    st.decimals(0, 1_000, places=2).map(str).map(nodes.String),
    st.integers(-9, 10**30).map(nodes.Int),
    st.sampled_from(["", "x", "NaN", "-1", "1e400"]).map(nodes.String),
)
SCALARS = {"Money": MONEY, "DateTime": st.just(nodes.String("2026-01-31T12:00:00Z"))}


@pytest.fixture
def shelf(shop_site):
    fruits = make_category("Fruits")
    make_product("Mango", sku="MG", categories=[fruits], attributes={"Origin": "Kenya"})


@pytest.mark.django_db
@settings(
    max_examples=120,
    derandomize=True,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)
@given(operation=from_schema(schema.as_str(), custom_scalars=SCALARS))
def test_no_operation_is_answered_with_a_fault(shelf, operation):
    answer = Client().post(GRAPHQL, {"query": operation}, content_type="application/json")
    assert answer.status_code in {200, 400}, answer.content
    told = answer.json()
    assert told.get("data") is not None or told["errors"]
    for error in told.get("errors", ()):
        # The body is refused in the form of REST when it holds what no database takes.
        assert "code" in error or error["extensions"]["status"] < 500, (operation, told)
