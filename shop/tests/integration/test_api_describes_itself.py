"""A headless developer reads the description, and finds every address in it."""

import re
import shutil
import subprocess
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.urls import get_resolver

from shop.api.schema.operations import OPERATIONS
from shop.tests.factories import make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def schema(client):
    answer = client.get("/api/v2/schema/", headers={"Accept": "application/json"})
    assert answer.status_code == 200
    return answer.json()


def test_the_description_is_valid_and_complete(schema, tmp_path):
    assert schema["openapi"] == "3.1.0"
    file = tmp_path / "schema.yaml"
    call_command("spectacular", file=str(file), validate=True, fail_on_warn=True)
    assert "/api/v2/orders/" in file.read_text()


def addresses(patterns, prefix=""):
    for pattern in patterns:
        text = prefix + re.sub(r"<\w+:(\w+)>", r"{\1}", str(pattern.pattern))
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, text)
        else:
            yield text


def test_no_address_is_forgotten(schema):
    known = {
        path.replace("^", "").replace("{pk}", "{id}")
        for path in addresses(get_resolver().url_patterns)
        if path.startswith("api/v2/")
    } - {"api/v2/", "api/v2/docs/", "api/v2/schema/"}
    assert {f"/{path}" for path in known} == set(schema["paths"])


def operations(schema):
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", method, operation


def test_nothing_is_described_that_is_not_there(schema):
    known = {(name.split()[0].upper(), name.split()[1]) for name, *_ in operations(schema)}
    assert {(method, f"/api/v2/{path}") for method, path in OPERATIONS} == known


def test_every_operation_says_what_it_answers(schema):
    shared = schema["components"]["responses"]
    for name, method, operation in operations(schema):
        answers = operation["responses"]
        assert {"400", "401"} <= answers.keys(), name
        assert "429" in answers or method == "get", name
        assert any(status < "400" for status in answers), name
        for status, answer in answers.items():
            if status >= "400":
                content = shared[answer["$ref"].rpartition("/")[2]]["content"]
                errors = content["application/json"]["schema"]
                assert errors == {"$ref": "#/components/schemas/Errors"}, name
        if method in ("put", "patch"):
            assert operation["requestBody"], name


def test_every_operation_says_who_may_call_it(schema):
    schemes = schema["components"]["securitySchemes"]
    assert set(schemes) == {"session", "session_token", "bearer", "oauth2", "cart_token"}
    for name, method, operation in operations(schema):
        ways = {scheme for way in operation["security"] for scheme in way}
        assert {"session", "session_token"} <= ways <= set(schemes), name
        assert "403" in operation["responses"] or method == "get", name
    placing = schema["paths"]["/api/v2/orders/"]["post"]["security"]
    assert {} in placing
    assert {"cart_token": []} in placing
    assert {"oauth2": ["orders:write"]} in placing
    assert {"oauth2": ["profile"]} in schema["paths"]["/api/v2/customers/me/"]["get"]["security"]
    assert {} not in schema["paths"]["/api/v2/products/upload/"]["post"]["security"]


def test_the_description_names_where_tokens_come_from(schema, client):
    flows = schema["components"]["securitySchemes"]["oauth2"]["flows"]
    provider = client.get("/.well-known/openid-configuration").json()
    for flow in flows.values():
        assert urlsplit(flow["tokenUrl"]).path == urlsplit(provider["token_endpoint"]).path
        assert set(flow["scopes"]) <= set(provider["scopes_supported"])
    consent = urlsplit(flows["authorizationCode"]["authorizationUrl"]).path
    assert consent == urlsplit(provider["authorization_endpoint"]).path


def test_what_can_be_sent_again_and_asked_for_again_says_so(schema):
    placing = schema["paths"]["/api/v2/orders/"]["post"]
    assert "Idempotency-Key" in {word["name"] for word in placing["parameters"]}
    assert {"409", "422"} <= placing["responses"].keys()
    shelf = schema["paths"]["/api/v2/products/"]["get"]
    words = {word["name"] for word in shelf["parameters"]}
    assert {"If-None-Match", "limit", "offset", "page", "page_size", "fields"} <= words
    assert "ETag" in shelf["responses"]["200"]["headers"]
    assert "304" in shelf["responses"]


def test_what_is_said_of_tags_is_so(schema, client, shop_site):
    product = make_product("Mango", sku="MG").pk
    ids = {"reference": shop_site.all_products.pk, "product_id": product, "id": shop_site.home.pk}
    asked = 0
    for path, methods in schema["paths"].items():
        if (
            any(kind in path for kind in ("find/", "images/{", "documents/{"))
            or "get" not in methods
        ):
            continue
        answer = client.get(re.sub(r"{(\w+)}", lambda name: str(ids.get(name[1], 1)), path))
        if answer.status_code == 200:
            asked += 1
            assert answer.has_header("ETag") == ("304" in methods["get"]["responses"]), path
    assert asked >= 12


def test_the_description_for_people_needs_no_other_host_and_no_inline_script(client):
    page = client.get("/api/v2/docs/")
    assert page.status_code == 200
    html = page.content.decode()
    sources = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert sources
    assert all(source.startswith("/") for source in sources), sources
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", html)
    policy = page["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "script-src" not in policy
    script = client.get(next(source for source in sources if "script" in source))
    assert script.status_code == 200
    assert b"/api/v2/schema/" in script.content


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is absent")
def test_the_description_for_people_is_only_read(client):
    for method in ("options", "post", "delete"):
        assert getattr(client, method)("/api/v2/docs/").status_code == 405


def test_the_script_of_the_docs_page_parses(client, tmp_path):
    html = client.get("/api/v2/docs/").content.decode()
    source = next(s for s in re.findall(r'src="([^"]+)"', html) if "script" in s)
    file = tmp_path / "docs.js"
    file.write_bytes(client.get(source).content)
    assert subprocess.run(["node", "--check", str(file)], check=False).returncode == 0
