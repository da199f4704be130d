"""Fill an empty shop, or a large one for measurements."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shop.demo.seeding.demo_shop import DEMO_ORDERS, seed_demo_shop
from shop.demo.seeding.large import MOST_PRODUCTS, seed_products
from shop.demo.seeding.orders import seed_orders


class Command(BaseCommand):
    help = (
        "Seed the demo shop: about 200 products with pictures, pages, delivery and orders. With"
        " --products, seed that many generated products in up to 5,000 categories instead."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--products", type=int, help=f"up to {MOST_PRODUCTS:,}")
        parser.add_argument("--orders", type=int, help="orders to place and move along")

    def handle(self, *args: Any, **options: Any) -> None:
        products, orders = options["products"], options["orders"]
        if products is not None and not 0 <= products <= MOST_PRODUCTS:
            raise CommandError(f"--products takes 0 to {MOST_PRODUCTS:,}")
        if orders is not None and orders < 0:
            raise CommandError("--orders takes 0 or more")
        if products is None:
            seed_demo_shop(self.stdout.write, orders=DEMO_ORDERS if orders is None else orders)
            return
        seed_products(products, self.stdout.write)
        if orders:
            self.stdout.write(f"{seed_orders(orders):,} orders placed.")
