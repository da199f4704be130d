"""Let somebody in again who lost phone or key, when no superuser can reach the admin."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shop.backoffice.second_factor import remove_second_factor
from shop.customers.models import User


class Command(BaseCommand):
    help = "Remove a person's authenticator app, passkeys and recovery codes, and end the sessions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"Nobody has the user name {username}.")
        removed = remove_second_factor(person)
        if not removed:
            raise CommandError(f"{username} has no second factor.")
        self.stdout.write(f"Removed. {username} signs in with the password and sets up a new one.")
