"""Every address of the shop, door by door."""

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home.views import serve_page
from shop.api.unknown import UnknownAddress
from shop.backoffice.entrance import admin_login
from shop.storefront.views.media import show_picture

urlpatterns = [
    path("admin/login/", admin_login, name="admin_login"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("account/", include("allauth.urls")),
    path("api/v2/", include("shop.api.urls")),
    path("api/", UnknownAddress.as_view()),
    path("api/<path:rest>", UnknownAddress.as_view()),
    path("search/", include("search.urls")),
    # Small shops serve their pictures themselves; object storage has its own addresses.
    path("media/<path:path>", show_picture),
    path("", include("shop.storefront.urls")),
    re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]
