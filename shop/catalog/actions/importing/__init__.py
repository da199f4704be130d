"""Import a catalogue: new products, and by SKU what differs about known ones."""

from .background import start_import, take_turn
from .run import import_catalogue

__all__ = ["import_catalogue", "start_import", "take_turn"]
