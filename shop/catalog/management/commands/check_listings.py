from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shop.catalog.actions.listing_repair import repair_listings
from shop.catalog.queries.listing_checks import check_listings

SHOWN = 20


class Command(BaseCommand):
    help = "Recompute lists, facets and average prices, and compare them with what is stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="write what is true")

    def handle(self, *args: Any, **options: Any) -> None:
        check = check_listings()
        self.stdout.write(f"{check.products:,} products compared.")
        for pk in check.wrong_products[:SHOWN]:
            self.stdout.write(f"product {pk} is listed wrongly")
        for (category_id, facet, value), stored, true in check.wrong_figures[:SHOWN]:
            self.stdout.write(
                f"category {category_id}, {facet} {value}: stored {stored}, true {true}"
            )
        if check.fits:
            self.stdout.write("Everything fits.")
            return
        found = f"{len(check.wrong_products):,} products and {len(check.wrong_figures):,} figures"
        if not options["repair"]:
            raise CommandError(f"{found} are wrong. --repair writes what is true.")
        repair_listings(check)
        self.stdout.write(f"{found} were wrong and are right now.")
