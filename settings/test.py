"""Settings of the test suite: quick hashes, messages kept in memory, tasks on request only."""

import os
from decimal import Decimal

from settings import env, own_key
from settings.base import *  # noqa: F403

SECRET_KEY = "only-for-tests"  # noqa: S105
IDP_OIDC_PRIVATE_KEY = own_key.kept_key(env.VAR_DIR / "test_private_key.pem")
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "shop.core.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = env.VAR_DIR / "test-media"
STATIC_ROOT = None  # styles and scripts are served from where they lie
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ACCOUNT_RATE_LIMITS = False
STAFF_MFA_REQUIRED = False
PAGE_CACHE_SECONDS = 0
API_RATES = {}
BASE_URL = "https://shop.test"
INSTALLED_APPS = [*INSTALLED_APPS, "shop.simulators"]  # noqa: F405
SIMULATORS_PACE = 0.02
AFRICASTALKING_USERNAME = ""
AFRICASTALKING_API_KEY = ""
AFRICASTALKING_REPORT_TOKEN = ""
SMS_CONSOLE = True
SMS_PRICE = Decimal("0.80")
SMS_DAILY_CAP = Decimal(0)
SMS_BALANCE_ALARM = Decimal(100)
DAILY_REPORT_HOUR = 7
MPESA_CONSUMER_KEY = ""
MPESA_CONSUMER_SECRET = ""
MPESA_SHORTCODE = ""
MPESA_PASSKEY = ""
MPESA_INITIATOR = ""
MPESA_SECURITY_CREDENTIAL = ""
STRIPE_SECRET_KEY = ""
STRIPE_WEBHOOK_SECRET = ""
BANK_TRANSFER_DETAILS = ""
MPESA_TRANSACTION_TYPE = "CustomerPayBillOnline"
MPESA_TILL = ""
MPESA_TRANSFER_TOKEN = ""
CALLBACK_BASE_URL = BASE_URL
UNPAID_ORDER_MINUTES = 60
WEBHOOKS_ALLOW_PRIVATE = False

if "DatabaseCache" in CACHES["default"]["BACKEND"]:  # noqa: F405
    # Tests without a database clear the cache too.
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}  # noqa: F405

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # In a file, so that several threads and processes of a test share it as web and worker do;
    # of its own name, so that two runs of the suite do not share it.
    DATABASES["default"]["TEST"] = {  # noqa: F405
        "NAME": str(env.VAR_DIR / f"test-{os.getpid()}.sqlite3")
    }
METRICS_TOKEN = "what-prometheus-shows"  # noqa: S105
