"""Settings that hold everywhere; dev, test and production begin from here."""

from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from settings import env, logs, masking, scale
from settings.accounts import *  # noqa: F403
from settings.api import *  # noqa: F403
from settings.payments import *  # noqa: F403
from settings.safety import *  # noqa: F403

BASE_DIR = env.BASE_DIR
VAR_DIR = env.VAR_DIR
DEBUG = env.DEBUG
HOST = env.HOST
PORT = env.PORT
BASE_URL = env.BASE_URL
OWN_URL = env.own_url(env.HOST, env.PORT)  # where this machine itself reaches the web server
ALLOWED_HOSTS = env.ALLOWED_HOSTS + ([env.ADMIN_HOST.split(":")[0]] if env.ADMIN_HOST else [])
CSRF_TRUSTED_ORIGINS = env.CSRF_TRUSTED_ORIGINS

INSTALLED_APPS = [
    "django.contrib.staticfiles",  # first, because each {% static %} looks for it
    "home",
    "search",
    "shop.core",
    "shop.inventory",
    "shop.catalog",
    "shop.customers",
    "shop.pricing",
    "shop.cart",
    "shop.orders",
    "shop.payments",
    "shop.fulfilment",
    "shop.notifications",
    "shop.webhooks",
    "shop.invoicing",
    "shop.flows",
    "shop.storefront",
    "shop.backoffice",
    "shop.api",
    "shop.demo",
    "shop.launch",
    "wagtail_modeladmin",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.api.v2",
    "wagtail",
    "modelcluster",
    "treebeard",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_q",
    "phonenumber_field",
    "corsheaders",
    "rest_framework",
    "drf_standardized_errors",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.idp.oidc",
    "allauth.headless",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "shop.storefront.timing.TimingMiddleware",
    "shop.storefront.inside.InsideMiddleware",
    "shop.storefront.edge.headers.PrivatePagesMiddleware",
    "shop.storefront.replica.ReplicaMiddleware",
    "shop.storefront.caching.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "shop.api.etags.shortcut.UnchangedMiddleware",
    "csp.middleware.CSPMiddleware",
    "shop.api.cookies.ReadableCookiesMiddleware",
    "shop.api.bodies.HeadlessBodiesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "shop.storefront.accounts.sessions.LastSeenMiddleware",
    "shop.storefront.limits.LimitsMiddleware",
    "shop.backoffice.door.AdminDoorMiddleware",
    "shop.backoffice.audit.watching.WatchMiddleware",
    "shop.backoffice.entrance.SecondFactorMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

# How long an anonymous catalogue page is kept while nothing that shoppers see changes; 0: never.
PAGE_CACHE_SECONDS = 300.0

ROOT_URLCONF = "settings.urls"
WSGI_APPLICATION = "settings.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context_processors.shop",
            ],
        },
    }
]

DATABASES = scale.databases()
DATABASE_ROUTERS = ["shop.core.routing.ReplicaRouter"] if "replica" in DATABASES else []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The default cache is shared by all processes: what one of them gave out, such as an authorization
# code, another one has to find. `counters` may be each process's own: without Redis, counting calls
# in the database would cost more than the calls.
REDIS_URL = env.REDIS_URL
if REDIS_URL:
    CACHES: dict[str, dict[str, Any]] = {
        "default": scale.redis_cache("duka", meanwhile="memory"),
        "counters": scale.redis_cache("duka-counters", meanwhile="memory"),
        "sessions": scale.redis_cache("duka-sessions", meanwhile="nothing"),
        "pages": scale.redis_cache("duka-pages", meanwhile="nothing"),
    }
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    SESSION_CACHE_ALIAS = "sessions"
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "shared_cache",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        },
        "counters": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        },
        # Whole pages are kept by each process for itself; only Redis is quick enough to share them.
        "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    }

# Parts of pages that are the same for many visitors, kept by each process for itself.
CACHES["template_fragments"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}

# Queue. Lists and limits as measured: a small bulk and queue keep work from waiting in memory
# longer than `retry`, which would run it twice; -1 keeps no rows of successes.
Q_CLUSTER = {
    "name": "duka",
    "workers": env.QUEUE_WORKERS,
    "queue_limit": 2 * env.QUEUE_WORKERS,
    "bulk": 1,
    "timeout": 50,
    "retry": 60,
    "max_attempts": 5,
    "save_limit": -1,
    "ack_failures": True,
    "catch_up": False,
    "label": "Queue",
    **({"redis": env.REDIS_URL} if env.QUEUE_BROKER == "redis" else {"orm": "default"}),
}

# Words, places, money
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Africa/Nairobi"
USE_I18N = True
USE_TZ = True
STORE_CURRENCY = env.STORE_CURRENCY
PHONENUMBER_DEFAULT_REGION = "KE"
PHONENUMBER_DB_FORMAT = "E164"

# Files
STATIC_URL = "/static/"
STATIC_ROOT: Path | None = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.VAR_DIR / "media"
STORAGES = {
    "default": scale.media_storage(),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # asks for rights, wherever the file lies
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # uploaded files are not counted in it
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Wagtail
WAGTAIL_SITE_NAME = "Duka"
ADMIN_HOST = env.ADMIN_HOST  # where alone the admin answers; empty: wherever the shop does
WAGTAILADMIN_BASE_URL = env.admin_url()
WAGTAILADMIN_LOGIN_URL = "admin_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILREDIRECTS_AUTO_CREATE = True
WAGTAIL_I18N_ENABLED = False
# Browsers know these names; "localtime" is one of this machine only.
WAGTAIL_USER_TIME_ZONES = sorted(available_timezones() - {"localtime"})
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp", "svg"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_IMAGE_FORM_BASE = "shop.backoffice.pictures.PictureForm"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILAPI_LIMIT_MAX = 100
WAGTAILAPI_BASE_URL = env.BASE_URL
TAGGIT_CASE_INSENSITIVE = True

# Scale: each empty in a shop on one machine
SEARCH_URL = env.SEARCH_URL
SEARCH_INDEX = "duka-products"
WAGTAILFRONTENDCACHE = scale.frontend_cache()
CDN_SECONDS = env.CDN_SECONDS if env.CDN_PURGE_URL else 0

# API
REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "shop.api.schema.inspector.ShopSchema",
    "EXCEPTION_HANDLER": "shop.api.errors.exception_handler",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "NUM_PROXIES": env.TRUSTED_PROXY_COUNT,
    "COERCE_DECIMAL_TO_STRING": True,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Duka API",
    "DESCRIPTION": "Everything the shop does, for another front.",
    "VERSION": "2",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_PATCH": False,
    "PREPROCESSING_HOOKS": ["shop.api.schema.inspector.only_the_shops"],
    "POSTPROCESSING_HOOKS": ["shop.api.schema.components.add_components"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# Messages
DEFAULT_FROM_EMAIL = env.DEFAULT_FROM_EMAIL
SERVER_EMAIL = env.DEFAULT_FROM_EMAIL
ADMIN_EMAIL = env.ADMIN_EMAIL
vars().update(env.email())
EMAIL_TIMEOUT = 10
AFRICASTALKING_USERNAME = env.AFRICASTALKING_USERNAME
AFRICASTALKING_API_KEY = env.AFRICASTALKING_API_KEY
AFRICASTALKING_SENDER_ID = env.AFRICASTALKING_SENDER_ID
AFRICASTALKING_BASE_URL = env.AFRICASTALKING_BASE_URL
AFRICASTALKING_REPORT_TOKEN = env.AFRICASTALKING_REPORT_TOKEN
SMS_CONSOLE = env.SMS_CONSOLE
SMS_PRICE = env.SMS_PRICE  # of one part, where nobody said yet what it cost
SMS_DAILY_CAP = env.SMS_DAILY_CAP
SMS_BALANCE_ALARM = env.SMS_BALANCE_ALARM
DAILY_REPORT_HOUR = env.DAILY_REPORT_HOUR
METRICS_TOKEN = env.METRICS_TOKEN
METRICS_DIR = env.shared_metrics()  # only under gunicorn, which has several processes
WEBHOOKS_ALLOW_PRIVATE = env.WEBHOOKS_ALLOW_PRIVATE
PRETEND_PHONE_URL = ""  # where simulated prompts are answered: on an own machine only

masking.hide(vars(env))
LOGGING = logs.config(env.LOG_FORMAT, env.LOG_LEVEL)
