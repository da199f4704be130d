"""Read the environment: the one place that does, and that names what is missing or wrong."""

import os
import re
import secrets
import tempfile
from decimal import Decimal
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

    def amount(self, name: str, default: str) -> Decimal:
        value = self.text(name, default)
        if not re.fullmatch(r"\d{1,9}(\.\d{1,4})?", value):
            self.problems.append(f"{name} must be an amount such as 0.80, not {value!r}")
            return Decimal(default)
        return Decimal(value)

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


def share_metrics() -> Path:
    """Make the folder in which the processes of one web server share their counters."""
    folder = tempfile.mkdtemp(prefix="duka-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    return Path(folder)


def shared_metrics() -> Path | None:
    """Return that folder, or nothing where one process serves alone."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    return Path(folder) if folder else None


read = _Reader()

VAR_DIR = Path(read.text("VAR_DIR", str(BASE_DIR / "var"))).resolve()
DEBUG = read.flag("DEBUG", False)
SECRET_KEY = read.text("SECRET_KEY")
HOST = read.text("HOST", "127.0.0.1")
PORT = read.number("PORT", 8000)
WEB_WORKERS = read.number("WEB_WORKERS", 2)
WEB_THREADS = read.number("WEB_THREADS", 2)
BASE_URL = read.url("BASE_URL", own_url(HOST, PORT), ("http", "https")).rstrip("/")
ALLOWED_HOSTS = read.names("ALLOWED_HOSTS")
ADMIN_HOST = read.text("ADMIN_HOST").lower()
CSRF_TRUSTED_ORIGINS = read.names("CSRF_TRUSTED_ORIGINS")
CORS_ALLOWED_ORIGINS = read.names("CORS_ALLOWED_ORIGINS")
DATABASE_URL = read.url(
    "DATABASE_URL",
    f"sqlite:///{VAR_DIR / 'duka.sqlite3'}",
    ("sqlite", "postgres", "postgresql"),
)
DATABASE_REPLICA_URL = read.url("DATABASE_REPLICA_URL", "", ("sqlite", "postgres", "postgresql"))
DATABASE_POOL = read.number("DATABASE_POOL", 0)
REDIS_URL = read.url("REDIS_URL", "", ("redis", "rediss"))
SEARCH_URL = read.url("SEARCH_URL", "", ("http", "https")).rstrip("/")
MEDIA_STORAGE_URL = read.url("MEDIA_STORAGE_URL", "", ("s3",))
CDN_PURGE_URL = read.url("CDN_PURGE_URL", "", ("http", "https", "cloudflare", "cloudfront"))
CDN_SECONDS = read.number("CDN_SECONDS", 60)
QUEUE_BROKER = read.choice("QUEUE_BROKER", "orm", ("orm", "redis"))
QUEUE_WORKERS = read.number("QUEUE_WORKERS", 2)
EMAIL_URL = read.url("EMAIL_URL", "consolemail://", ("consolemail", "smtp", "smtps", "smtp+tls"))
DEFAULT_FROM_EMAIL = read.text("DEFAULT_FROM_EMAIL", "shop@localhost")
ADMIN_EMAIL = read.text("ADMIN_EMAIL", "owner@localhost")
AFRICASTALKING_USERNAME = read.text("AFRICASTALKING_USERNAME")
AFRICASTALKING_API_KEY = read.text("AFRICASTALKING_API_KEY")
AFRICASTALKING_SENDER_ID = read.text("AFRICASTALKING_SENDER_ID")
AFRICASTALKING_BASE_URL = read.url("AFRICASTALKING_BASE_URL", "", ("http", "https")).rstrip("/")
AFRICASTALKING_REPORT_TOKEN = read.text("AFRICASTALKING_REPORT_TOKEN")
SMS_PRICE = read.amount("SMS_PRICE", "0.80")
SMS_DAILY_CAP = read.amount("SMS_DAILY_CAP", "0")
SMS_BALANCE_ALARM = read.amount("SMS_BALANCE_ALARM", "100")
DAILY_REPORT_HOUR = read.number("DAILY_REPORT_HOUR", 7)
MPESA_ENVIRONMENT = read.choice("MPESA_ENVIRONMENT", "sandbox", ("sandbox", "production"))
MPESA_BASE_URL = read.url("MPESA_BASE_URL", "", ("http", "https")).rstrip("/")
MPESA_CONSUMER_KEY = read.text("MPESA_CONSUMER_KEY")
MPESA_CONSUMER_SECRET = read.text("MPESA_CONSUMER_SECRET")
MPESA_SHORTCODE = read.text("MPESA_SHORTCODE")
MPESA_TILL = read.text("MPESA_TILL")
MPESA_PASSKEY = read.text("MPESA_PASSKEY")
MPESA_TRANSACTION_TYPE = read.choice(
    "MPESA_TRANSACTION_TYPE",
    "CustomerPayBillOnline",
    ("CustomerPayBillOnline", "CustomerBuyGoodsOnline"),
)
MPESA_TRANSFER_TOKEN = read.text("MPESA_TRANSFER_TOKEN")
MPESA_INITIATOR = read.text("MPESA_INITIATOR")
MPESA_SECURITY_CREDENTIAL = read.text("MPESA_SECURITY_CREDENTIAL")
STRIPE_SECRET_KEY = read.text("STRIPE_SECRET_KEY")
STRIPE_WEBHOOK_SECRET = read.text("STRIPE_WEBHOOK_SECRET")
STRIPE_API_BASE = read.url("STRIPE_API_BASE", "", ("http", "https")).rstrip("/")
BANK_TRANSFER_DETAILS = read.text("BANK_TRANSFER_DETAILS").replace("\\n", "\n")
BANK_TRANSFER_DAYS = read.number("BANK_TRANSFER_DAYS", 5)
CALLBACK_BASE_URL = read.url("CALLBACK_BASE_URL", BASE_URL, ("http", "https")).rstrip("/")
UNPAID_ORDER_MINUTES = read.number("UNPAID_ORDER_MINUTES", 60)
# Without credentials: may an SMS be printed instead of sent? Always on an own machine.
SMS_CONSOLE = read.flag("SMS_CONSOLE", False)
# May webhooks go over plain HTTP and to addresses inside the own network?
WEBHOOKS_ALLOW_PRIVATE = read.flag("WEBHOOKS_ALLOW_PRIVATE", False)
# Said by `manage.py up` to the processes it starts; read by the settings of an own machine alone.
SIMULATORS_URL = read.url("SIMULATORS_URL", "", ("http", "https"))
OIDC_ISSUER = read.url("OIDC_ISSUER", "", ("http", "https"))
OIDC_CLIENT_ID = read.text("OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = read.text("OIDC_CLIENT_SECRET")
OIDC_NAME = read.text("OIDC_NAME", "Single sign-on")
API_JWT_ISSUER = read.url("API_JWT_ISSUER", "", ("http", "https"))
API_JWT_AUDIENCE = read.text("API_JWT_AUDIENCE")
API_JWT_JWKS_URL = read.url("API_JWT_JWKS_URL", "", ("http", "https"))
IDP_OIDC_PRIVATE_KEY = read.text("IDP_OIDC_PRIVATE_KEY").replace("\\n", "\n")
IDP_OIDC_PRIVATE_KEY_FILE = VAR_DIR / "idp_oidc_private_key.pem"  # where an install keeps its own
CORS_ALLOW_CREDENTIALS = read.flag("CORS_ALLOW_CREDENTIALS", False)
TRUSTED_PROXY_COUNT = read.number("TRUSTED_PROXY_COUNT", 0)
# Must staff prove a second factor? Unsaid: in production yes, on an own machine no.
STAFF_MFA_REQUIRED = (
    read.flag("STAFF_MFA_REQUIRED", True) if read.text("STAFF_MFA_REQUIRED") else None
)
STORE_CURRENCY = read.text("STORE_CURRENCY", "KES").upper()
METRICS_TOKEN = read.text("METRICS_TOKEN")
SENTRY_DSN = read.url("SENTRY_DSN", "", ("http", "https"))
SENTRY_ENVIRONMENT = read.text("SENTRY_ENVIRONMENT", "production")
LOG_FORMAT = read.choice("LOG_FORMAT", "text", ("text", "json"))
LOG_LEVEL = read.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))

if METRICS_TOKEN and len(METRICS_TOKEN) < 16:
    read.problems.append("METRICS_TOKEN must be at least 16 letters and digits")
if ADMIN_HOST and not re.fullmatch(r"[a-z0-9.-]+(:\d+)?", ADMIN_HOST):
    read.problems.append("ADMIN_HOST must be a host name such as admin.shop.example")
if not 1 <= PORT <= 65535:
    read.problems.append(f"PORT must be between 1 and 65535, not {PORT}")

if QUEUE_BROKER == "redis" and not REDIS_URL:
    read.problems.append("QUEUE_BROKER=redis needs REDIS_URL")
if bool(AFRICASTALKING_USERNAME) != bool(AFRICASTALKING_API_KEY):
    read.problems.append("AFRICASTALKING_USERNAME and AFRICASTALKING_API_KEY belong together")
if len({bool(MPESA_CONSUMER_KEY), bool(MPESA_CONSUMER_SECRET), bool(MPESA_PASSKEY)}) > 1 or bool(
    MPESA_SHORTCODE
) != bool(MPESA_CONSUMER_KEY):
    read.problems.append(
        "MPESA_CONSUMER_KEY, MPESA_CONSUMER_SECRET, MPESA_SHORTCODE and MPESA_PASSKEY belong"
        " together"
    )
if MPESA_TRANSACTION_TYPE == "CustomerBuyGoodsOnline" and not MPESA_TILL:
    read.problems.append("MPESA_TRANSACTION_TYPE=CustomerBuyGoodsOnline needs MPESA_TILL")
for _name, _token in (
    ("MPESA_TRANSFER_TOKEN", MPESA_TRANSFER_TOKEN),
    ("AFRICASTALKING_REPORT_TOKEN", AFRICASTALKING_REPORT_TOKEN),
):
    if _token and not (len(_token) >= 20 and _token.isascii() and _token.isalnum()):
        read.problems.append(f"{_name} must be at least 20 letters and digits")
if DAILY_REPORT_HOUR > 23:
    read.problems.append(f"DAILY_REPORT_HOUR must be between 0 and 23, not {DAILY_REPORT_HOUR}")
if bool(MPESA_INITIATOR) != bool(MPESA_SECURITY_CREDENTIAL):
    read.problems.append("MPESA_INITIATOR and MPESA_SECURITY_CREDENTIAL belong together")
if bool(STRIPE_SECRET_KEY) != bool(STRIPE_WEBHOOK_SECRET):
    read.problems.append("STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET belong together")
if bool(OIDC_ISSUER) != bool(OIDC_CLIENT_ID):
    read.problems.append("OIDC_ISSUER and OIDC_CLIENT_ID belong together")
if bool(API_JWT_ISSUER) != bool(API_JWT_AUDIENCE):
    read.problems.append("API_JWT_ISSUER and API_JWT_AUDIENCE belong together")
if API_JWT_JWKS_URL and not API_JWT_ISSUER:
    read.problems.append("API_JWT_JWKS_URL needs API_JWT_ISSUER and API_JWT_AUDIENCE")
read.finish()


def database(url: str = DATABASE_URL) -> dict[str, Any]:
    """Return Django's database settings for DATABASE_URL, or another address."""
    config: dict[str, Any] = dict(_env.db_url_config(url))
    if config["ENGINE"] == "django.db.backends.sqlite3":
        # Web and worker write together: an immediate write lock waits its turn instead of failing,
        # and the write-ahead log lets readers go on meanwhile.
        config["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            " PRAGMA cache_size=-4000; PRAGMA temp_store=MEMORY;",
        }
        VAR_DIR.mkdir(parents=True, exist_ok=True)
    else:
        config["CONN_HEALTH_CHECKS"] = True
        # Only statements of shop.core.statements can be prepared; the others carry their values.
        config["OPTIONS"] = {**config.get("OPTIONS", {}), "prepare_threshold": 2}
    # Opening SQLite means reading its whole schema; a server costs a handshake and a process.
    config["CONN_MAX_AGE"] = 600
    return config


def email() -> dict[str, object]:
    """Return Django's email settings for EMAIL_URL."""
    return dict(_env.email_url_config(EMAIL_URL))


def admin_url() -> str:
    """Return the address of the host that the admin answers on."""
    return f"{urlsplit(BASE_URL).scheme}://{ADMIN_HOST}" if ADMIN_HOST else BASE_URL
