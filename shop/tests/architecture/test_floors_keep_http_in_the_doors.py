"""Below the doors nothing speaks HTTP (import-linter cannot name a part of Django)."""

import re
from pathlib import Path

import pytest

SHOP = Path(__file__).resolve().parents[2]
BELOW_THE_DOORS = [
    *"core inventory catalog customers pricing cart orders payments fulfilment".split(),
    *"notifications invoicing flows".split(),
]
PURE = [*SHOP.glob("*/rules.py"), *SHOP.glob("*/rules/*.py")]


@pytest.mark.parametrize("app", BELOW_THE_DOORS)
def test_no_module_imports_django_http(app):
    talkers = [
        str(path)
        for path in (SHOP / app).rglob("*.py")
        if re.search(r"^\s*(from|import) django\.(http|shortcuts)\b", path.read_text(), re.M)
    ]
    assert talkers == []


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.parent.name)
def test_rules_import_no_django(path):
    assert not re.search(r"^\s*(from|import) (django|wagtail)\b", path.read_text(), re.M)
