"""Register a program that may ask the shop for tokens."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from shop.backoffice.clients.making import GRANTS, ClientRefused, make_client


class Command(BaseCommand):
    help = "Register a program that may ask the shop for tokens; prints its id and secret once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--grant", choices=GRANTS, required=True)
        parser.add_argument("--scope", required=True, help='for example "orders:read orders:write"')
        parser.add_argument("--redirect-uri", action="append", default=[])
        parser.add_argument("--owner", help="the user name for whom client credentials act")
        parser.add_argument("--public", action="store_true", help="an app that can keep no secret")

    def handle(self, *args: Any, **options: Any) -> None:
        owner = None
        if options["owner"]:
            owner = get_user_model().objects.filter(username=options["owner"]).first()
            if owner is None:
                raise CommandError(f"There is no user {options['owner']}.")
        try:
            client, secret = make_client(
                name=options["name"],
                grant=options["grant"],
                scopes=options["scope"].replace(",", " ").split(),
                redirect_uris=options["redirect_uri"],
                owner=owner,
                public=options["public"],
            )
        except ClientRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"client_id: {client.pk}")
        if secret:
            self.stdout.write(f"client_secret: {secret}")
            self.stderr.write("The secret is not kept and cannot be shown again.")
