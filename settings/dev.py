"""Settings of an own machine: nothing to fill in, everything under var/."""

from settings import base, env, own_key, sentry
from settings.base import *  # noqa: F403

SECRET_KEY = env.SECRET_KEY or env.install_secret()
IDP_OIDC_PRIVATE_KEY = env.IDP_OIDC_PRIVATE_KEY or own_key.kept_key(env.IDP_OIDC_PRIVATE_KEY_FILE)
ALLOWED_HOSTS = env.ALLOWED_HOSTS or ["*"]
SMS_CONSOLE = True
INTERNAL_IPS = ["127.0.0.1"]
STATIC_ROOT = None  # styles and scripts are served from where they lie
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG  # noqa: F405

# Under `make run` a shop without credentials speaks to pretend providers of its own, with phones to
# open in a browser. A worker or a server that is started alone has nobody there to speak to.
INSTALLED_APPS = [*base.INSTALLED_APPS, "shop.simulators"]
SIMULATORS_PACE = 1.0
if env.SIMULATORS_URL and not base.AFRICASTALKING_API_KEY:
    AFRICASTALKING_USERNAME = "simulator"
    AFRICASTALKING_API_KEY = "simulated"
    AFRICASTALKING_BASE_URL = f"{env.SIMULATORS_URL}/africastalking"
if env.SIMULATORS_URL and not base.MPESA_CONSUMER_KEY:
    MPESA_BASE_URL = f"{env.SIMULATORS_URL}/daraja"
    MPESA_CONSUMER_KEY = MPESA_CONSUMER_SECRET = MPESA_PASSKEY = "simulated"  # noqa: S105
    MPESA_SHORTCODE = "174379"
    MPESA_INITIATOR = MPESA_SECURITY_CREDENTIAL = "simulated"
    PRETEND_PHONE_URL = "/simulators/phone/"

sentry.start(env.SENTRY_DSN, env.SENTRY_ENVIRONMENT)
