"""Where documents are kept and found: one module a database, the same four verbs in each."""

from types import ModuleType

from django.db import connection

from search.index import postgresql, sqlite


def index() -> ModuleType:
    """Return the module for the database in use."""
    return postgresql if connection.vendor == "postgresql" else sqlite
