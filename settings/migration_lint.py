"""Settings of `make migrations`: can the version before live beside a new migration?

A migration that may break the rule of docs/deploying.md all the same is named here, with a reason.
"""

from settings.test import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]  # noqa: F405

MIGRATION_LINTER_OPTIONS = {
    "no_cache": True,
    "ignore_name": [
        # The database has the defaults: PostgreSQL adds `DEFAULT 0 NOT NULL`. SQLite writes the
        # whole table anew, of which the linter reads the NOT NULL alone.
        "0011_what_went_back",
        # Likewise; and its unique constraint takes the place of a stricter one that always held.
        "0002_orders_that_were_changed",
    ],
}
