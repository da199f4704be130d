"""Pictures, where the shop serves its files itself."""

from posixpath import normpath

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

# Wagtail's folders of pictures. Documents have an address that asks for rights, and catalogue
# files that staff uploaded are nobody else's.
PUBLIC = {"images", "original_images", "avatar_images"}


@require_safe
def show_picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a picture; whatever else lies beside them is not found."""
    if normpath(f"/{path}").split("/")[1] not in PUBLIC:
        raise Http404
    return serve(request, path, document_root=str(settings.MEDIA_ROOT))
