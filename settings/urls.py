"""Every address of the shop, door by door."""

from django.apps import apps
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home.views import serve_page
from shop.api.graphql.views import GraphQL
from shop.api.unknown import UnknownAddress
from shop.backoffice.entrance import admin_login
from shop.backoffice.people.entrance import staff_invitation
from shop.storefront.views.media import show_picture

handler500 = "shop.storefront.views.outage.tell_of_trouble"

urlpatterns = [
    path("admin/login/", admin_login, name="admin_login"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("shop.storefront.accounts.urls")),
    path("account/invitation/<str:token>/", staff_invitation, name="staff_invitation"),
    path("account/", include("allauth.urls")),
    path("_allauth/", include("allauth.headless.urls")),
    path("", include("shop.api.authentication.urls")),
    path("api/v2/", include("shop.api.urls")),
    path("api/graphql/", GraphQL.as_view()),
    path("api/", UnknownAddress.as_view()),
    path("api/<path:rest>", UnknownAddress.as_view()),
    path("search/", include("search.urls")),
    # Pretend providers: an app of own machines and tests only.
    *(
        [path("simulators/", include("shop.simulators.urls"))]
        if apps.is_installed("shop.simulators")
        else []
    ),
    # Small shops serve their pictures themselves; object storage has its own addresses.
    path("media/<path:path>", show_picture),
    path("", include("shop.storefront.urls")),
    re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]
