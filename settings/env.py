"""Read the environment: the one place that does, and that names what is missing or wrong."""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

_env = environ.Env()
if (BASE_DIR / ".env").is_file():
    _env.read_env(str(BASE_DIR / ".env"))


class _Reader:
    """Collect every wrong value, so that one start names them all."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        return str(_env.str(name, default="")).strip() or default

    def flag(self, name: str, default: bool) -> bool:
        value = self.text(name)
        if not value:
            return default
        if value.lower() in {"1", "true", "yes", "on"}:
            return True
        if value.lower() in {"0", "false", "no", "off"}:
            return False
        self.problems.append(f"{name} must be true or false, not {value!r}")
        return default

    def number(self, name: str, default: int) -> int:
        value = self.text(name)
        if not value:
            return default
        if not value.isdecimal():
            self.problems.append(f"{name} must be a whole number, not {value!r}")
            return default
        return int(value)

    def names(self, name: str, default: tuple[str, ...] = ()) -> list[str]:
        return [part.strip() for part in self.text(name).split(",") if part.strip()] or list(
            default
        )

    def url(self, name: str, default: str, schemes: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value and urlsplit(value).scheme not in schemes:
            self.problems.append(f"{name} must begin with one of {', '.join(schemes)}")
        return value

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value not in choices:
            self.problems.append(f"{name} must be one of {', '.join(choices)}, not {value!r}")
        return value

    def finish(self) -> None:
        """Raise ImproperlyConfigured naming every problem found so far."""
        if self.problems:
            raise ImproperlyConfigured(
                "Please mend the environment (.env.example explains each name):\n  "
                + "\n  ".join(self.problems)
            )


def install_secret() -> str:
    """Return this install's own key, made at the first start and kept in var/secret_key."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def own_url(host: str, port: int) -> str:
    """Return the address at which this machine reaches a server that listens on `host`."""
    reachable = "127.0.0.1" if host in {"", "0.0.0.0", "::"} else host  # noqa: S104
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"


read = _Reader()

VAR_DIR = Path(read.text("VAR_DIR", str(BASE_DIR / "var"))).resolve()
DEBUG = read.flag("DEBUG", False)
SECRET_KEY = read.text("SECRET_KEY")
HOST = read.text("HOST", "127.0.0.1")
PORT = read.number("PORT", 8000)
WEB_WORKERS = read.number("WEB_WORKERS", 2)
WEB_THREADS = read.number("WEB_THREADS", 4)
BASE_URL = read.url("BASE_URL", own_url(HOST, PORT), ("http", "https")).rstrip("/")
ALLOWED_HOSTS = read.names("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = read.names("CSRF_TRUSTED_ORIGINS")
CORS_ALLOWED_ORIGINS = read.names("CORS_ALLOWED_ORIGINS")
DATABASE_URL = read.url(
    "DATABASE_URL",
    f"sqlite:///{VAR_DIR / 'duka.sqlite3'}",
    ("sqlite", "postgres", "postgresql"),
)
REDIS_URL = read.url("REDIS_URL", "", ("redis", "rediss"))
QUEUE_BROKER = read.choice("QUEUE_BROKER", "orm", ("orm", "redis"))
QUEUE_WORKERS = read.number("QUEUE_WORKERS", 2)
EMAIL_URL = read.url("EMAIL_URL", "consolemail://", ("consolemail", "smtp", "smtps", "smtp+tls"))
DEFAULT_FROM_EMAIL = read.text("DEFAULT_FROM_EMAIL", "shop@localhost")
ADMIN_EMAIL = read.text("ADMIN_EMAIL", "owner@localhost")
AFRICASTALKING_USERNAME = read.text("AFRICASTALKING_USERNAME")
AFRICASTALKING_API_KEY = read.text("AFRICASTALKING_API_KEY")
AFRICASTALKING_SENDER_ID = read.text("AFRICASTALKING_SENDER_ID")
AFRICASTALKING_BASE_URL = read.url("AFRICASTALKING_BASE_URL", "", ("http", "https")).rstrip("/")
# Without credentials: may an SMS be printed instead of sent? Always on an own machine.
SMS_CONSOLE = read.flag("SMS_CONSOLE", False)
OIDC_ISSUER = read.url("OIDC_ISSUER", "", ("http", "https"))
OIDC_CLIENT_ID = read.text("OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = read.text("OIDC_CLIENT_SECRET")
OIDC_NAME = read.text("OIDC_NAME", "Single sign-on")
STORE_CURRENCY = read.text("STORE_CURRENCY", "KES").upper()
LOG_FORMAT = read.choice("LOG_FORMAT", "text", ("text", "json"))
LOG_LEVEL = read.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))

if not 1 <= PORT <= 65535:
    read.problems.append(f"PORT must be between 1 and 65535, not {PORT}")

if QUEUE_BROKER == "redis" and not REDIS_URL:
    read.problems.append("QUEUE_BROKER=redis needs REDIS_URL")
if bool(AFRICASTALKING_USERNAME) != bool(AFRICASTALKING_API_KEY):
    read.problems.append("AFRICASTALKING_USERNAME and AFRICASTALKING_API_KEY belong together")
if bool(OIDC_ISSUER) != bool(OIDC_CLIENT_ID):
    read.problems.append("OIDC_ISSUER and OIDC_CLIENT_ID belong together")
read.finish()


def database() -> dict[str, Any]:
    """Return Django's database settings for DATABASE_URL."""
    config: dict[str, Any] = dict(_env.db_url_config(DATABASE_URL))
    if config["ENGINE"] == "django.db.backends.sqlite3":
        # Web and worker write together: an immediate write lock waits its turn instead of failing,
        # and the write-ahead log lets readers go on meanwhile.
        config["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            " PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;",
        }
        VAR_DIR.mkdir(parents=True, exist_ok=True)
    else:
        config["CONN_MAX_AGE"] = 600
        config["CONN_HEALTH_CHECKS"] = True
    return config


def email() -> dict[str, object]:
    """Return Django's email settings for EMAIL_URL."""
    return dict(_env.email_url_config(EMAIL_URL))
