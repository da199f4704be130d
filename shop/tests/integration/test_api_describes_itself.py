"""A headless developer reads the description, and finds every address in it."""

import re
import shutil
import subprocess

import pytest
from django.core.management import call_command
from django.urls import get_resolver

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


def test_every_operation_says_what_it_answers(schema):
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            answers = operation["responses"]
            content = answers["default"]["content"]["application/json"]
            assert content["schema"] == {"$ref": "#/components/schemas/ErrorsShape"}, (path, method)
            assert len(answers) > 1, (path, method)
            if method in ("post", "patch"):
                assert operation["requestBody"], (path, method)


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
def test_the_script_of_the_docs_page_parses(client, tmp_path):
    html = client.get("/api/v2/docs/").content.decode()
    source = next(s for s in re.findall(r'src="([^"]+)"', html) if "script" in s)
    file = tmp_path / "docs.js"
    file.write_bytes(client.get(source).content)
    assert subprocess.run(["node", "--check", str(file)], check=False).returncode == 0
