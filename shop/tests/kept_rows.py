"""The rows that migrations write: back in the test database after a test that emptied it."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from shop.core.memory import Remembered


def as_migrated() -> None:
    """Leave the test database as the migrations made it."""
    # pytest-django keeps these of a test database only; another database has none to read here.
    rows = connection._test_serialized_contents
    # Known before, so that no row makes its content type anew before the kept ones are back.
    ContentType.objects.get_for_models(*apps.get_models())
    # Numbers go on where they were: the kept rows bring their own and move no sequence.
    call_command(
        "flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True
    )
    connection.creation.deserialize_db_from_string(rows)
    ContentType.objects.clear_cache()
    Remembered.forget_everything()
