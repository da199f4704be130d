"""Set the shop up where needed and run it: `manage.py up`, or `make run`."""

import socket
import sys
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from shop.launch import first_setup
from shop.launch.supervisor import (
    Child,
    PortUnusable,
    WebServerStopped,
    check_port,
    run_together,
)


class Command(BaseCommand):
    help = "Prepare the shop where needed, then run web server and worker until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--no-demo", action="store_true", help="leave an empty shop without the demo"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._check_address()
        try:
            self._prepare(demo=not options["no_demo"])
        except KeyboardInterrupt as interrupt:
            raise CommandError("Stopped before the shop was ready.", returncode=130) from interrupt
        try:
            run_together(
                self._web(),
                self._worker(),
                answers=web_server_answers,
                ready=self._announce,
                say=self._say,
            )
        except WebServerStopped as stopped:
            raise CommandError(str(stopped)) from stopped
        self._say("Stopped.")

    def _check_address(self) -> None:
        try:
            check_port(settings.HOST, settings.PORT)
        except PortUnusable as reason:
            raise CommandError(
                f"Cannot listen on {settings.HOST}, port {settings.PORT}: {reason}.\n"
                f"Another Duka may be running; or choose another port: make run PORT=8001"
            ) from reason

    def _prepare(self, *, demo: bool) -> None:
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        self._say("Preparing the database ...")
        first_setup.release(settings.BASE_URL)
        account = first_setup.ensure_admin_account(settings.ADMIN_EMAIL)
        if account:
            path = settings.VAR_DIR / "admin.txt"
            first_setup.keep_admin_account(account, admin_url(), path)
            self._say(f"Made the admin account: {account.username} / {account.password}")
        if demo and first_setup.shop_is_empty():
            self._say("Filling the empty shop with the demo ...")
            first_setup.seed()

    def _web(self) -> Child:
        python = sys.executable
        address = f"{settings.HOST}:{settings.PORT}"
        if settings.DEBUG:
            command = [python, "manage.py", "runserver", "--skip-checks", address]
        else:
            command = [python, "-m", "gunicorn", "--config", "settings/gunicorn.py"]
        return Child(
            "web server",
            command,
            settings.BASE_DIR,
            signal_whole_group=True,
            environment=environment(),
        )

    def _worker(self) -> Child:
        command = [sys.executable, "manage.py", "qcluster"]
        return Child(
            "worker",
            command,
            settings.BASE_DIR,
            signal_whole_group=False,
            environment=environment(),
        )

    def _announce(self) -> None:
        account = settings.VAR_DIR / "admin.txt"
        self._say("")
        self._say(self.style.SUCCESS(f"  Shop    {settings.BASE_URL}/"))
        self._say(self.style.SUCCESS(f"  Admin   {admin_url()}"))
        if apps.is_installed("shop.simulators"):
            self._say(self.style.SUCCESS(f"  Phones  {settings.BASE_URL}/simulators/"))
        if account.exists():
            self._say(self.style.SUCCESS(f"  Account {account}"))
        self._say("")
        self._say("Emails and SMS without credentials are printed here. Ctrl-C stops the shop.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def environment() -> dict[str, str]:
    """Return what both processes are told: where the pretend providers are, if there are any."""
    if not apps.is_installed("shop.simulators"):
        return {}
    return {"SIMULATORS_URL": f"{settings.OWN_URL}/simulators"}


def admin_url() -> str:
    """Return the address of the admin."""
    return f"{settings.BASE_URL}/admin/"


def web_server_answers() -> bool:
    """Tell whether something listens on the shop's port of this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.HOST, settings.HOST)  # noqa: S104
    try:
        with socket.create_connection((host, settings.PORT), timeout=1):
            return True
    except OSError:
        return False
