"""Who can log in, and how: django-allauth's settings."""

from urllib.parse import urlsplit

from settings import env

AUTH_USER_MODEL = "customers.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/account/"
ACCOUNT_ADAPTER = "shop.storefront.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "shop.storefront.accounts.forms.LoginForm",
    "signup": "shop.storefront.accounts.forms.SignupForm",
    "request_login_code": "shop.storefront.accounts.forms.CodeRequestForm",
    "confirm_login_code": "shop.storefront.accounts.forms.CodeForm",
    "verify_phone": "shop.storefront.accounts.forms.PhoneCodeForm",
}
ACCOUNT_LOGIN_METHODS = {"email", "username", "phone"}
# An email is not needed: the sign-up form takes a phone number as well. But a required phone would
# shut out everybody who has none.
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_USER_DISPLAY = str
ACCOUNT_SESSION_REMEMBER = True

# Codes by SMS or email. An SMS may take a while; five wrong tries end a code.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = ACCOUNT_PHONE_VERIFICATION_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = 2
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT = ACCOUNT_LOGIN_BY_CODE_FORMAT
# Networks here put many phones behind one address, so limits by address are wide; those by phone
# number or email are narrow, because each code costs money and may annoy its recipient.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "request_login_code": "20/m/ip,200/h/ip,3/m/key,10/h/key,20/d/key",
    "confirm_code": "5/20m/key",
    "verify_phone": "3/m/key,10/h/key,20/m/ip",
    "change_phone": "5/m/user",
}

# Login at an outside provider: authorization code with PKCE.
SOCIALACCOUNT_ADAPTER = "shop.storefront.accounts.social.SocialAccountAdapter"
SOCIALACCOUNT_FORMS = {"disconnect": "shop.storefront.accounts.forms.DisconnectForm"}
SOCIALACCOUNT_EMAIL_REQUIRED = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True


def openid_connect(issuer: str, client_id: str, secret: str, name: str) -> dict[str, object]:
    """Return django-allauth's settings for one OpenID provider."""
    return {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": name,
                "client_id": client_id,
                "secret": secret,
                "settings": {
                    "server_url": issuer,
                    "oauth_pkce_enabled": True,
                    # As far as the provider knows them.
                    "scope": ["openid", "profile", "email", "phone"],
                },
            }
        ],
    }


SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {}
if env.OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = openid_connect(
        env.OIDC_ISSUER, env.OIDC_CLIENT_ID, env.OIDC_CLIENT_SECRET, env.OIDC_NAME
    )
# A page whose form leads there has to be allowed to.
OIDC_ORIGINS = ["://".join(urlsplit(env.OIDC_ISSUER)[:2])] if env.OIDC_ISSUER else []

# The same for apps without a browser page: sessions by header at /_allauth/app/v1/.
HEADLESS_ONLY = False
HEADLESS_SERVE_SPECIFICATION = True
HEADLESS_SPECIFICATION_TEMPLATE_NAME = None

# A second way to prove who one is; passkeys also sign in alone. A change of them is told by email.
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "shop.storefront.accounts.second_factor.AddPasskeyForm"}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_GET = False
# Strict: a sign-up with a taken address looks like any other, and never gets to prove it.
ACCOUNT_PREVENT_ENUMERATION = "strict"
USERSESSIONS_TRACK_ACTIVITY = True
STAFF_MFA_REQUIRED = bool(env.STAFF_MFA_REQUIRED)
