"""Rules of the house that a linter does not know."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.utils.module_loading import import_string

from shop.launch.schedules import RECURRING

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("settings", "home", "search", "shop", "benchmarks")
FILES = [
    path
    for room in ROOMS
    for path in sorted((ROOT / room).rglob("*.py"))
    if "migrations" not in path.parts
]
PRODUCT = [path for path in FILES if "tests" not in path.parts and "benchmarks" not in path.parts]
# They hand the whole environment on, or tell Django where its settings are; neither reads a name.
HANDED_ON = {"shop/launch/supervisor.py", "settings/wsgi.py"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_imports_go_down_only():
    # In a process of its own: it sets logging up anew, and silences the shop's.
    linter = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_no_file_is_longer_than_three_hundred_lines():
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in FILES}
    assert {name: length for name, length in lengths.items() if length > 300} == {}


def test_no_room_is_a_lumber_room():
    lumber = re.compile(r"^(utils?|helpers?|misc|common|tools|stuff)$")
    assert [name_of(p) for p in FILES if lumber.match(p.stem) or lumber.match(p.parent.name)] == []


def test_every_app_is_known_by_the_name_of_its_folder():
    ours = [app for app in apps.get_app_configs() if app.name.split(".")[0] in ROOMS]
    assert len(ours) > 10
    assert {app.name: app.label for app in ours} == {
        app.name: app.name.split(".")[-1] for app in ours
    }


def test_only_one_place_reads_the_environment():
    readers = [
        name_of(path)
        for path in PRODUCT
        if re.search(r"\b(os\.environ|getenv|environ\.get)\b", path.read_text())
    ]
    assert set(readers) - HANDED_ON - {"settings/env.py"} == set()


def test_nothing_is_left_for_later():
    unfinished = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|[Cc]oming soon|NotImplementedError")
    here = Path(__file__).name
    assert [name_of(p) for p in FILES if p.name != here and unfinished.search(p.read_text())] == []


@pytest.mark.parametrize("recurring", RECURRING, ids=lambda recurring: recurring.name)
def test_what_the_worker_does_by_the_clock_exists(recurring):
    assert callable(import_string(recurring.task))
