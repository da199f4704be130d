"""Settings of a public shop: everything secret comes from the environment."""

from settings import env
from settings.base import *  # noqa: F403

SECRET_KEY = env.SECRET_KEY
if not SECRET_KEY:
    env.read.problems.append("SECRET_KEY is missing: any long random text, kept secret")
if not env.ALLOWED_HOSTS:
    env.read.problems.append("ALLOWED_HOSTS is missing: the shop's host names, comma-separated")
env.read.finish()

SILENCED_SYSTEM_CHECKS = ["security.W019"]  # frames from the shop itself: the admin's previews

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if env.BASE_URL.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
