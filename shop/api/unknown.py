"""Addresses of the API that do not exist."""

from typing import Any

from django.http import HttpResponsePermanentRedirect

from shop.api.door import ApiView
from shop.api.errors import missing


class UnknownAddress(ApiView):
    """Say so in JSON; who only forgot the last slash of an address to read is led there."""

    open_to_all = True

    def http_method_not_allowed(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer every method but OPTIONS, which browsers ask ahead of others."""
        path = request.path
        if path.endswith("/"):
            raise missing("There is no such address; see /api/v2/docs/.")
        if request.method not in ("GET", "HEAD"):
            raise missing("There is no such address. Addresses here end with a slash.")
        words = request.META.get("QUERY_STRING")
        return HttpResponsePermanentRedirect(f"{path}/{'?' + words if words else ''}")
