"""A developer walks through docs/api.md: every command works, every answer is as the page says."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from shop.api.authentication import SCOPES
from shop.api.door import KILOBYTE, LARGEST_BODY
from shop.api.products.imports import LARGEST_FILE
from shop.customers.models import User
from shop.flows.confirm_payment import confirm_payment
from shop.orders.models import Order

ROOT = Path(__file__).resolve().parents[3]
PAPER = (ROOT / "docs" / "api.md").read_text()
BLOCK = re.compile(
    r"^```(\w+)\n(.*?)^```$|^<!-- (The test notes the money here)\. -->$", re.M | re.S
)
END = "--- the end of this block ---"
# Words that mean something to a program; of other values only the kind is compared.
TELLING = {"type", "code", "attr", "status", "payment_status", "currency", "can_be_ordered"}

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(shutil.which("curl") is None, reason="curl is absent"),
]


class Terminal:
    """A shell whose variables last from one block of the page to the next."""

    def __init__(self, folder: Path) -> None:
        database = connection.settings_dict
        address = f"sqlite:///{database['NAME']}"
        if connection.vendor == "postgresql":
            host = f"{database['HOST'] or 'localhost'}:{database['PORT'] or 5432}"
            who = ":".join(filter(None, [database["USER"], database["PASSWORD"]]))
            address = f"postgres://{who}@{host}/{database['NAME']}"
        self.folder = folder
        self.shell = subprocess.Popen(
            ["bash", "-e", "-o", "pipefail"],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "settings.test"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(folder / "errors.txt").open("w"),
            text=True,
        )

    def run(self, block: str) -> str:
        """Run a block; returns what it printed. A command that fails ends the shell."""
        self.shell.stdin.write(f"{block}\necho; echo '{END}'\n")
        self.shell.stdin.flush()
        said: list[str] = []
        for line in self.shell.stdout:
            if line.strip() == END:
                return "".join(said).strip()
            said.append(line)
        said.append((self.folder / "errors.txt").read_text())
        pytest.fail(f"{block}\n{''.join(said)}")

    def close(self) -> None:
        """End the shell."""
        self.shell.stdin.close()
        self.shell.wait(timeout=60)


@pytest.fixture
def terminal(small_shop, tmp_path: Path) -> Iterator[Terminal]:
    User.objects.create_superuser("admin", "admin@example.org", "a password")
    terminal = Terminal(tmp_path)
    yield terminal
    terminal.close()


def test_every_command_of_the_page_works(terminal, small_shop):
    said = ""
    for kind, text, money in BLOCK.findall(PAPER):
        if money:
            confirm_payment(order_id=Order.objects.latest("pk").pk)
        elif kind == "sh":
            said = terminal.run(_here(text, small_shop.address))
        elif kind == "text":
            assert said == text.strip()
        elif kind == "json":
            _alike(json.loads(text), json.loads(said), "answer")


def _here(block: str, address: str) -> str:
    """Return a block as it is run here: at this shop, with this Python."""
    return block.replace("http://127.0.0.1:8000", address).replace(
        ".venv/bin/python", sys.executable
    )


def _alike(shown: Any, said: Any, place: str) -> None:
    """Hold an answer against the one on the page: the same words, values of the same kind."""
    if isinstance(shown, dict):
        assert shown.keys() == said.keys(), place
        for name, value in shown.items():
            _alike(value, said[name], f"{place}.{name}")
            if name in TELLING and not isinstance(value, dict) and value != "…":
                assert said[name] == value, place
    elif isinstance(shown, list):
        assert bool(shown) == bool(said), place
        for value in said:
            _alike(shown[0], value, place)
    elif None not in (shown, said):
        assert type(shown) is type(said), f"{place}: {said}"


def test_the_page_names_the_limits_that_there_are():
    assert settings.WAGTAILAPI_LIMIT_MAX == 100
    assert (LARGEST_BODY // KILOBYTE, LARGEST_FILE // KILOBYTE // KILOBYTE) == (512, 100)
    assert set(re.findall(r"^\| `(\w+:?\w+)` \|", PAPER, re.M)) == set(SCOPES)
