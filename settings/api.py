"""Who may call the API, from where and how often; tokens that the shop issues and takes."""

from corsheaders.defaults import default_headers
from django.utils.translation import gettext_lazy as _

from settings import env

# Other fronts in a browser. The session travels only where CORS_ALLOW_CREDENTIALS says so: fronts
# of other origins are meant to use tokens.
CORS_ALLOWED_ORIGINS = env.CORS_ALLOWED_ORIGINS
CORS_ALLOW_CREDENTIALS = env.CORS_ALLOW_CREDENTIALS
CORS_URLS_REGEX = r"^/(api|identity/o/api|_allauth|\.well-known)/"
CORS_ALLOW_HEADERS = (
    *default_headers,
    "idempotency-key",
    "if-none-match",
    "x-cart-token",
    "x-session-token",
)
CORS_EXPOSE_HEADERS = (
    "Content-Location",
    "ETag",
    "Idempotency-Replayed",
    "Link",
    "Location",
    "Retry-After",
    "WWW-Authenticate",
)

# What a token may be used for, with what people are told before they agree to it.
API_SCOPES = {
    "catalog:write": _("Change products, categories and prices, as far as you may yourself"),
    "orders:read": _("See your orders and payments"),
    "orders:write": _("Place, pay and cancel orders for you"),
    "profile": _("See and change your name, addresses, wishlist and other details"),
}

# Bearer tokens of an outside provider. People who also log in there are the same customers.
API_JWT_ISSUER = env.API_JWT_ISSUER
API_JWT_AUDIENCE = env.API_JWT_AUDIENCE
API_JWT_JWKS_URL = env.API_JWT_JWKS_URL
OIDC_ISSUER = env.OIDC_ISSUER
OIDC_PROVIDER_ID = "oidc"

# Tokens of the shop's own: opaque, so that a revoked one is refused by the next request.
IDP_OIDC_ADAPTER = "shop.api.authentication.provider.ShopAdapter"
IDP_OIDC_ACCESS_TOKEN_FORMAT = "opaque"  # noqa: S105
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 60 * 60
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = 60 * 60 * 24 * 60
IDP_OIDC_ROTATE_REFRESH_TOKEN = True
IDP_OIDC_INTROSPECTION_ENABLED = True
IDP_OIDC_DCR_ENABLED = False

# Calls a minute by kind and caller: a guest's address, a customer, a token. Mobile networks here
# put many phones behind one address, so guests' limits are wide. What is not named has no limit;
# the public catalogue is among it. Codes for signing in are allauth's (ACCOUNT_RATE_LIMITS).
API_RATES: dict[str, dict[str, int]] = {
    "read": {"guest": 1_200, "customer": 1_200, "token": 6_000},
    "graphql": {"guest": 6_000, "customer": 1_200, "token": 6_000},
    "write": {"guest": 1_200, "customer": 600, "token": 1_200},
    "order": {"guest": 600, "customer": 120, "token": 1_200},
    # Who tries codes at random meets this first.
    "voucher": {"guest": 60, "customer": 30, "token": 300},
    "payment": {"guest": 60, "customer": 30, "token": 300},
    "tokens": {"guest": 600},
    "import": {"customer": 30, "token": 30},
    # The same on the pages; suggestions come with every key that is pressed.
    "search": {"guest": 1_200, "customer": 600},
    "checkout": {"guest": 600, "customer": 120},
}

# Addresses of callers: only what the shop's own proxies wrote into X-Forwarded-For is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = env.TRUSTED_PROXY_COUNT

# Whether everybody may ask GraphQL for its schema; staff always may.
GRAPHQL_INTROSPECTION = True
