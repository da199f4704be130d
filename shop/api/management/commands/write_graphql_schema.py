"""Write the schema of GraphQL where people and tools read it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from shop.api.graphql.schema import schema

PLACE = "docs/schema.graphql"


class Command(BaseCommand):
    help = f"Write the GraphQL schema to {PLACE}, or to another file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--path", type=Path, default=settings.BASE_DIR / PLACE)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        path.write_text(schema.as_str() + "\n")
