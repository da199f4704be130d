"""What browsers are told to refuse, and how long a session lasts."""

from csp.constants import NONE, SELF, UNSAFE_INLINE

from settings import scale
from settings.accounts import OIDC_ORIGINS

# The shop runs no inline script or style, so its pages need no nonces and can be kept.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *scale.media_origins()],
        "object-src": [NONE],
        "base-uri": [SELF],
        # A browser holds the redirect after a form to this as well: to the provider of logins.
        "form-action": [SELF, *OIDC_ORIGINS],
        "frame-ancestors": [SELF],
    },
}
# Nor does the admin run inline scripts; Wagtail's own styles still stand in attributes.
ADMIN_CONTENT_POLICY = {
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:", *scale.media_origins()],
    "form-action": [SELF],
}
X_FRAME_OPTIONS = "SAMEORIGIN"  # the admin previews pages in a frame
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SAMESITE = "Lax"
