"""The site of a request with all that every page says about it, remembered for a moment."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Page, Site
from wagtail.models.sites import get_site_for_hostname

from home.models import HomePage, SiteSettings
from shop.catalog.queries.addresses import page_address
from shop.catalog.rules import path_range
from shop.core.memory import Remembered

# As long as another process may go on saying the old thing after an editor changed it.
SECONDS = 5
MENU_LENGTH = 10
FOOTER_LENGTH = 12

Link = dict[str, str]


@dataclass(frozen=True, slots=True)
class SiteParts:
    """A site, its settings and the pages that its header and footer lead to."""

    site: Site
    settings: SiteSettings
    menu: list[Link]
    footer: list[Link]
    # Grows with each reading, so that what a process printed of older parts is not used again.
    version: int = field(default_factory=count(1).__next__)


def parts_of(request: HttpRequest) -> SiteParts | None:
    """Return the parts of the request's site; None where no site answers to its host."""
    host = split_domain_port(request._get_raw_host())[0]  # type: ignore[attr-defined]
    return _parts.get((host, request.get_port()))


def settle_site(request: HttpRequest) -> None:
    """Tell Wagtail which site a request is for, so that it does not look again."""
    parts = parts_of(request)
    if parts is not None:
        request._wagtail_site = parts.site  # type: ignore[attr-defined]


def _load(key: tuple[str, str]) -> SiteParts | None:
    site = get_site_for_hostname(*key)
    if site is None:
        return None
    home = HomePage.objects.filter(pk=site.root_page_id).first()
    if home is not None:
        site.root_page = home
    settings = SiteSettings.objects.filter(site=site).first() or SiteSettings(site=site)
    menu, footer = _links(site.root_page)
    return SiteParts(site, settings, menu, footer)


def _links(home: Page) -> tuple[list[Link], list[Link]]:
    first, after = path_range(home.path)
    category = Q(content_type__app_label="catalog", content_type__model="categorypage")
    words = Q(content_type__app_label="home", content_type__model="standardpage")
    rows: list[tuple[Any, ...]] = list(
        Page.objects.live()
        .filter(
            Q(category, depth__in=(home.depth + 1, home.depth + 2))
            | Q(words, depth=home.depth + 1),
            path__gte=first,
            path__lt=after,
        )
        .order_by("depth", "path")
        .values_list("title", "url_path", "content_type__model")[: 10 * MENU_LENGTH]
    )
    links = {
        model: [
            {"title": title, "url": page_address(url_path)}
            for title, url_path, own in rows
            if own == model
        ]
        for model in ("categorypage", "standardpage")
    }
    return links["categorypage"][:MENU_LENGTH], links["standardpage"][:FOOTER_LENGTH]


_parts: Remembered[tuple[str, str], SiteParts | None] = Remembered(_load, seconds=SECONDS)


def forget_sites() -> None:
    """Read the sites anew: a page, a site or its settings changed."""
    _parts.forget()
