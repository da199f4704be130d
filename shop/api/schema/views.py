"""The addresses of the description."""

from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView


class Schema(SpectacularAPIView):
    """The description for programs: YAML, or JSON where that is accepted."""

    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []


@method_decorator(csp_update({"style-src": [SELF, UNSAFE_INLINE]}), name="dispatch")
class Docs(SpectacularSwaggerSplitView):
    """The description for people. Swagger UI styles its elements inline; only here it may."""

    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []
    url_name = "api-schema"
    # A page has nothing to say of itself but the page.
    http_method_names = ["get", "head"]
