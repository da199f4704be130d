"""Settings of an own machine: nothing to fill in, everything under var/."""

from settings import env
from settings.base import *  # noqa: F403

SECRET_KEY = env.SECRET_KEY or env.install_secret()
ALLOWED_HOSTS = env.ALLOWED_HOSTS or ["*"]
SMS_CONSOLE = True
INTERNAL_IPS = ["127.0.0.1"]
STATIC_ROOT = None  # styles and scripts are served from where they lie
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG  # noqa: F405
