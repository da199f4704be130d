"""Import products from a CSV or JSON file."""

import gc
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm
from wagtail.hooks import search_for_hooks

from shop.catalog.actions.importing import import_catalogue
from shop.catalog.importing.reader import check_file
from shop.catalog.importing.rows import CatalogueFile
from shop.catalog.models import ImportRun
from shop.core.spreadsheets import FileRefused


class Command(BaseCommand):
    """Make and update products by SKU; a bad row stays out with its reason, the rest goes in."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a CSV or JSON catalogue")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="show what would become new or different, and write nothing",
        )

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        # References of pictures are kept only for snippets that are registered.
        search_for_hooks()
        # What the process has loaded stays; the collector need not look at it again and again.
        gc.freeze()
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            run = self._import(file, check_file(file), dry_run, quiet=not options["verbosity"])
        except FileRefused as error:
            raise CommandError(f"{error.message} Nothing was imported.") from None
        self._report(run)
        if run.refused:
            raise SystemExit(1)

    def _import(self, file: Path, checked: CatalogueFile, dry_run: bool, quiet: bool) -> ImportRun:
        run = ImportRun(filename=file.name[-255:], dry_run=dry_run)
        if not dry_run:
            run.save()
        with tqdm(total=checked.rows, unit=" rows", desc=file.name, disable=quiet) as bar:
            return import_catalogue(
                run, file, checked=checked, pictures_from=file.parent, progress=bar.update
            )

    def _report(self, run: ImportRun) -> None:
        for each in run.differences:
            self.stdout.write(
                f"  line {each['line']:,}  {each['sku']}  {each['column']}:"
                f" {each['before'] or '(empty)'} -> {each['after']}"
            )
        for problem in run.errors:
            self.stdout.write(
                self.style.ERROR(
                    f"  line {problem['line']:,}  {problem['sku'] or '(no SKU)'}"
                    f"  {problem['column'] or 'row'}: {problem['detail']}"
                )
            )
        if run.errors_found > len(run.errors):
            left = run.errors_found - len(run.errors)
            self.stdout.write(f"  ... and {left:,} more problems")
        for warning in run.warnings:
            self.stdout.write(self.style.WARNING(f"Note: {warning}"))
        would = "would be " if run.dry_run else ""
        self.stdout.write(
            f"{run.rows_read:,} rows read: {run.created:,} {would}created,"
            f" {run.updated:,} {would}updated, {run.unchanged:,} unchanged,"
            f" {run.refused:,} refused."
        )
