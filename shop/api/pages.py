"""Wagtail's own endpoints, made to answer 400 where they would break, in the shop's form."""

from datetime import UTC
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet
from wagtail.api.v2.filters import FieldsFilter, OrderingFilter, SearchFilter
from wagtail.api.v2.pagination import WagtailPagination
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet, PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.models import Page, Site
from wagtail.search.backends import get_search_backend

from shop.api.authentication import CHAIN
from shop.api.door import AlwaysJson, Guarded
from shop.api.errors import missing
from shop.api.etags import validated
from shop.api.files import ShopDocumentSerializer, ShopImageSerializer
from shop.api.paging import NUMBERED, read_window
from shop.api.preview import asks_for_draft, draft_response
from shop.api.words import LARGEST_ID, parsed_fields, read_text, read_whole
from shop.core.previews import PAGE

NUMBERS = ("id", "child_of", "descendant_of", "ancestor_of", "translation_of")


class SafeFields(FieldsFilter):
    """Filters by field; a value that the field cannot have is the caller's mistake."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        try:
            return super().filter_queryset(request, queryset, view)
        except (ValidationError, TypeError, OverflowError) as problem:
            raise BadRequestError(f"field filter error. {problem}") from problem


class SafeOrder(OrderingFilter):
    """Orders by field; chance is no order that can be paged through."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        if request.GET.get("order") == "random":
            raise BadRequestError("random order is not offered")
        return super().filter_queryset(request, queryset, view)


class SafeSearch(SearchFilter):
    """Searches; on SQLite without ranking, whose cost there grows with the square of the hits."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        read_text(request.GET, "search")
        if request.GET.get("search_operator", "or") not in ("and", "or"):
            raise BadRequestError("search_operator must be 'and' or 'or'")
        if connection.vendor != "sqlite" or "search" not in request.GET:
            return super().filter_queryset(request, queryset, view)
        if getattr(queryset, "_filtered_by_tag", False):
            raise BadRequestError("filtering by tag with a search query is not supported")
        return get_search_backend().search(
            request.GET["search"],
            queryset,
            operator=request.GET.get("search_operator"),
            order_by_relevance=False,
        )


class SafePages(WagtailPagination):
    """Pages by either grammar; nobody is further out than a database can count."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        offset, limit = read_window(request.GET)
        self.view = view
        self.total_count = queryset.count()
        return queryset[offset : offset + limit]


SAFE = {FieldsFilter: SafeFields, OrderingFilter: SafeOrder, SearchFilter: SafeSearch}


class Safe(Guarded):
    """What the shop changes about Wagtail's viewsets."""

    open_to_all = True
    renderer_classes = [JSONRenderer]
    authentication_classes = CHAIN
    content_negotiation_class = AlwaysJson
    pagination_class = SafePages

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse words that Wagtail would hand to the database as they are."""
        super().initial(request, *args, **kwargs)
        for word in NUMBERS:
            if request.GET.get(word) != "root":
                read_whole(request.GET, word, 0, LARGEST_ID)
        if "fields" in request.GET:
            parsed_fields(request.GET["fields"])

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Tell every time in UTC, as the shop's own addresses do."""
        with timezone.override(UTC):
            answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    @validated(personal=True)
    def listing_view(self, request: Request) -> Response:
        """List what everybody may see."""
        answer: Response = super().listing_view(request)  # type: ignore[misc]
        return answer

    @validated(personal=True)
    def detail_view(self, request: Request, pk: int) -> Response:
        """Show one of them."""
        answer: Response = super().detail_view(request, pk)  # type: ignore[misc]
        return answer

    def handle_exception(self, exc: Exception) -> Response:
        """Answer in the shop's form, not in Wagtail's."""
        return GenericViewSet.handle_exception(self, exc)  # type: ignore[arg-type]

    def get_renderer_context(self) -> dict[str, Any]:
        """Leave out the indents, a third of the bytes."""
        return GenericViewSet.get_renderer_context(self)  # type: ignore[arg-type]


class Pages(Safe, PagesAPIViewSet):
    """Pages that everybody may see."""

    filter_backends = [SAFE.get(each, each) for each in PagesAPIViewSet.filter_backends]
    known_query_parameters = PagesAPIViewSet.known_query_parameters | NUMBERED

    def get_base_queryset(self) -> QuerySet[Any]:
        """Start from the site's pages."""
        try:
            return super().get_base_queryset()
        except (Site.DoesNotExist, ValueError) as problem:
            raise BadRequestError("site must be the host of one of the shop's sites") from problem

    def detail_view(self, request: Request, pk: int) -> Response:
        """Show a page; with the word of a preview link its latest draft."""
        if not asks_for_draft(request, PAGE, pk):
            return super().detail_view(request, pk)
        page = Page.objects.filter(pk=pk, depth__gt=1).first() if pk <= LARGEST_ID else None
        if page is None:
            raise missing()
        self._cached_object = page.specific.get_latest_revision_as_object()
        return draft_response(BaseAPIViewSet.detail_view(self, request, pk).data)


class Images(Safe, ImagesAPIViewSet):
    """The image library."""

    filter_backends = [SAFE.get(each, each) for each in ImagesAPIViewSet.filter_backends]
    known_query_parameters = ImagesAPIViewSet.known_query_parameters | NUMBERED
    base_serializer_class = ShopImageSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Read the tags of all images of a page at once."""
        return super().get_queryset().prefetch_related("tags")


class Documents(Safe, DocumentsAPIViewSet):
    """The document library."""

    filter_backends = [SAFE.get(each, each) for each in DocumentsAPIViewSet.filter_backends]
    known_query_parameters = DocumentsAPIViewSet.known_query_parameters | NUMBERED
    base_serializer_class = ShopDocumentSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Read the tags of all documents of a page at once."""
        return super().get_queryset().prefetch_related("tags")


router = WagtailAPIRouter("wagtailapi")
router.register_endpoint("pages", Pages)
router.register_endpoint("images", Images)
router.register_endpoint("documents", Documents)
