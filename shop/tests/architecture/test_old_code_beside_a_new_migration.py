"""`make migrations` refuses what the version before could not live beside."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

# One is from before the first version: a NOT NULL column whose default only new code knows.
ASKED = [("orders", "0007_buyer_pin"), ("wagtailusers", "0001_initial")]

# In a process of its own: SQLite writes its statements outside of transactions only.
LINT = f"""
import django
django.setup()
from django_migration_linter import MigrationLinter
for app, name in {ASKED!r}:
    linter = MigrationLinter(".", no_cache=True, no_output=True)
    linter.lint_all_migrations(app_label=app, migration_name=name)
    print(linter.nb_total, linter.has_errors)
"""


def test_a_column_that_old_code_can_not_fill_is_refused(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "settings.migration_lint",
            "VAR_DIR": str(tmp_path),
            "DATABASE_URL": "",
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.stdout.split("\n")[:2] == ["1 True", "1 False"], ran.stderr
