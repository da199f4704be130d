"""An import that dies in the middle leaves whole parts; running it again completes it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from wagtail.models import Page

from shop.catalog.actions.importing.run import CHUNK
from shop.catalog.models import CategoryPage, ImportRun, Product
from shop.tests.factories import make_site
from shop.tests.integration.catalogue_imports import HEADER, counts
from shop.tests.races.processes import database_url
from shop.tests.truth import assert_lists_are_true, assert_stock_is_true

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PARTS = 4
ROWS = PARTS * CHUNK + 100


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "goods.csv"
    lines = [f"P{n},Product {n},{n % 90 + 10},Aisle {n % 5}/Shelf {n % 40},7" for n in range(ROWS)]
    path.write_text("\n".join([f"{HEADER},stock", *lines]))
    return path


def start(path: Path) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "settings.dev",
        "SECRET_KEY": django_settings.SECRET_KEY,
        "DATABASE_URL": database_url(),
        "VAR_DIR": str(path.parent),
        "REDIS_URL": "",
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "import_products", str(path)],
        cwd=django_settings.BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_killed_in_the_middle_and_run_again(catalogue: Path) -> None:
    make_site()
    process = start(catalogue)
    deadline = time.monotonic() + 120
    while Product.objects.count() < CHUNK:
        assert process.poll() is None, "the import ended before it could be killed"
        assert time.monotonic() < deadline, "the import wrote nothing"
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait(120)

    written = Product.objects.count()
    assert 0 < written < ROWS
    assert written % CHUNK == 0
    run = ImportRun.objects.get()
    assert (run.status, run.rows_read, run.created) == (ImportRun.Status.RUNNING, written, written)
    assert_lists_are_true()
    assert_stock_is_true()
    assert not any(Page.find_problems())

    assert start(catalogue).wait(300) == 0
    again = ImportRun.objects.latest("pk")
    assert counts(again) == (ROWS - written, 0, written, 0)
    assert Product.objects.count() == ROWS
    assert CategoryPage.objects.exclude(depth=3).count() == 45
    assert_lists_are_true()
    assert_stock_is_true()
