"""Settings of a public shop: everything secret comes from the environment."""

from settings import env, own_key, sentry
from settings.base import *  # noqa: F403

SECRET_KEY = env.SECRET_KEY
if not SECRET_KEY:
    env.read.problems.append("SECRET_KEY is missing: any long random text, kept secret")
if not env.ALLOWED_HOSTS:
    env.read.problems.append("ALLOWED_HOSTS is missing: the shop's host names, comma-separated")
IDP_OIDC_PRIVATE_KEY = env.IDP_OIDC_PRIVATE_KEY
try:
    IDP_OIDC_PRIVATE_KEY = IDP_OIDC_PRIVATE_KEY or own_key.kept_key(env.IDP_OIDC_PRIVATE_KEY_FILE)
except OSError as problem:
    env.read.problems.append(f"IDP_OIDC_PRIVATE_KEY is missing, and none can be kept: {problem}")
if IDP_OIDC_PRIVATE_KEY and (wrong := own_key.problem_with(IDP_OIDC_PRIVATE_KEY)):
    env.read.problems.append(f"IDP_OIDC_PRIVATE_KEY {wrong}")
env.read.finish()

STAFF_MFA_REQUIRED = env.STAFF_MFA_REQUIRED is not False

SILENCED_SYSTEM_CHECKS = ["security.W019"]  # frames from the shop itself: the admin's previews

GRAPHQL_INTROSPECTION = False

STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
}
if env.BASE_URL.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]  # asked from inside
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

sentry.start(env.SENTRY_DSN, env.SENTRY_ENVIRONMENT)
