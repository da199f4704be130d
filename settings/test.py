"""Settings of the test suite: quick hashes, messages kept in memory, tasks on request only."""

import os

from settings import env
from settings.base import *  # noqa: F403

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = env.VAR_DIR / "test-media"
STATIC_ROOT = None  # styles and scripts are served from where they lie
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ACCOUNT_RATE_LIMITS = False
MICRO_CACHE_SECONDS = 0
BASE_URL = "https://shop.test"
AFRICASTALKING_USERNAME = ""
AFRICASTALKING_API_KEY = ""
SMS_CONSOLE = True

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # In a file, so that several threads and processes of a test share it as web and worker do;
    # of its own name, so that two runs of the suite do not share it.
    DATABASES["default"]["TEST"] = {  # noqa: F405
        "NAME": str(env.VAR_DIR / f"test-{os.getpid()}.sqlite3")
    }
