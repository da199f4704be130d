"""Import a catalogue: new products, and by SKU what differs about known ones; and undo it."""

from .background import KEPT_FOR, go_on, import_for_real, start_import, sweep_imports, take_turn
from .run import import_catalogue
from .undoing import CannotUndo, can_undo, start_undo, take_undo_turn

__all__ = [
    "KEPT_FOR",
    "CannotUndo",
    "can_undo",
    "go_on",
    "import_catalogue",
    "import_for_real",
    "start_import",
    "start_undo",
    "sweep_imports",
    "take_turn",
    "take_undo_turn",
]
