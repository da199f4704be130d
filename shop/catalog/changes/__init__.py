"""How often what shoppers see has changed: counted by the database, read in one statement."""

from shop.catalog.changes.kept import catalogue_seen, while_unchanged
from shop.catalog.changes.version import Version, catalogue_version

__all__ = ["Version", "catalogue_seen", "catalogue_version", "while_unchanged"]
