"""What is written for people and machines names what is there, and all of it."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
READERS = {"text", "flag", "number", "names", "amount", "url", "choice"}
PAPERS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def names_read() -> set[str]:
    """Return the names that settings/env.py asks the environment for."""
    tree = ast.parse((ROOT / "settings" / "env.py").read_text())
    return {
        str(call.args[0].value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in READERS
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "read"
        and isinstance(call.args[0], ast.Constant)
    }


def test_every_variable_is_explained_and_no_other():
    explained = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M)
    for_compose = {
        name
        for name in re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text())
        if name.endswith("_PASSWORD")
    }
    assert len(names_read()) > 20
    assert sorted(explained) == sorted(names_read() | for_compose)


def test_no_password_has_a_default():
    example = (ROOT / ".env.example").read_text()
    secret = r"^((?:\w+_)?(?:PASSWORD|SECRET|SECRET_KEY|API_KEY))"
    assert set(re.findall(secret + r"=(.*)$", example, re.M)) == {
        (name, "") for name in re.findall(secret + "=", example, re.M)
    }
    compose = (ROOT / "docker-compose.yml").read_text()
    for name, rest in re.findall(r"\$\{(\w*(?:PASSWORD|SECRET_KEY))([^}]*)\}", compose):
        assert rest.startswith(":?"), name


def test_every_command_in_the_papers_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    for paper in PAPERS:
        named = set(re.findall(r"(?<![\w-])make ([a-z]+)\b(?=[`\s]|$)", paper.read_text(), re.M))
        in_code = set(re.findall(r"(?:^|`)make ([a-z]+)", paper.read_text(), re.M))
        assert named & in_code <= targets, paper.name


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_link_between_papers_leads_somewhere(paper):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", paper.read_text())
    assert [link for link in links if not (paper.parent / link).exists()] == []


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_package_is_locked_with_hashes(name):
    locked = (ROOT / f"{name}.txt").read_text()
    pins = re.findall(r"^([a-z0-9-]+)==(\S+).*\\\n    --hash=sha256:", locked, re.M)
    assert len(pins) == len(re.findall(r"^[a-z0-9]", locked, re.M))
    wanted = re.findall(
        r"^([A-Za-z0-9][A-Za-z0-9-]*)(?:\[[^]]*\])?(?:==(\S+))?",
        (ROOT / f"{name}.in").read_text(),
        re.M,
    )
    versions = dict(pins)
    for package, version in wanted:
        assert package in versions, f"{package}: run make lock"
        assert not version or versions[package] == version, f"{package}: run make lock"


def test_a_public_shop_passes_the_deployment_checks(tmp_path):
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "settings.production",
            "SECRET_KEY": "k3y-" * 8 + "of-an-example-that-is-long-enough-to-pass",
            "ALLOWED_HOSTS": "shop.example",
            "BASE_URL": "https://shop.example",
            "VAR_DIR": str(tmp_path),
            "DATABASE_URL": "",
            "EMAIL_URL": "smtp://mail.example:25",
            "AFRICASTALKING_USERNAME": "shop",
            "AFRICASTALKING_API_KEY": "of-an-example",
            "AFRICASTALKING_REPORT_TOKEN": "an0example0that0is0long0enough",
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert checked.returncode == 0, checked.stderr
