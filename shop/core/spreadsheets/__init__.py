"""Tables as spreadsheet programs write them: read with care, written so that nothing runs."""

from shop.core.spreadsheets.files import FileRefused, ValueRefused, decoded, opened, shown
from shop.core.spreadsheets.formulas import guard_text, neutralise_formula, unguard_text
from shop.core.spreadsheets.records import Lines, Record, parse, records

__all__ = [
    "FileRefused",
    "Lines",
    "Record",
    "ValueRefused",
    "decoded",
    "guard_text",
    "neutralise_formula",
    "opened",
    "parse",
    "records",
    "shown",
    "unguard_text",
]
