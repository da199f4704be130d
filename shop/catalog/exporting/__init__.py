"""The catalogue as a file that an import reads back without changing anything."""

from shop.catalog.exporting.files import csv_file, json_file

__all__ = ["csv_file", "json_file"]
