"""Read what the shop says beside its goods: home page, standard pages, delivery, contacts."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class HomeWords:
    """Hold the words of the home page."""

    title: str
    seo_title: str
    seo_description: str
    hero_title: str
    hero_text: str
    hero_button: str
    featured_title: str
    categories_title: str
    story_title: str
    story: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageWords:
    """Hold a standard page: sections of a heading (empty for the opening) and paragraphs."""

    slug: str
    title: str
    introduction: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class RateWords:
    """Name a delivery method in a zone with its fee (KES) up to a weight (kg), if there is one.

    Free from a subtotal, if at all.
    """

    code: str
    name: str
    description: str
    price: Decimal
    free_from: Decimal | None
    max_weight: Decimal | None


@dataclass(frozen=True, slots=True)
class ZoneWords:
    """Name a delivery zone: its counties and its rates; no counties means the rest of Kenya."""

    name: str
    counties: tuple[str, ...]
    rates: tuple[RateWords, ...]


@dataclass(frozen=True, slots=True)
class PointWords:
    """Name a place where orders are fetched."""

    name: str
    address: str
    hours: str


@dataclass(frozen=True, slots=True)
class DeliveryWords:
    """Hold the zones in the order in which they are tried, and the pickup points."""

    zones: tuple[ZoneWords, ...]
    points: tuple[PointWords, ...]


@dataclass(frozen=True, slots=True)
class ContactWords:
    """Describe a placeholder shopper: phone in E.164, email perhaps empty."""

    name: str
    phone: str
    email: str
    county: str
    area: str
    landmark: str
    notes: str


@cache
def home() -> HomeWords:
    """Give the home page's words."""
    row = _read("home_page")
    return HomeWords(**{**row, "story": tuple(row["story"])})


@cache
def pages() -> tuple[PageWords, ...]:
    """Give the standard pages: delivery and returns, about, questions."""
    return tuple(
        PageWords(
            slug=row["slug"],
            title=row["title"],
            introduction=row["introduction"],
            sections=tuple((part["heading"], tuple(part["text"])) for part in row["section"]),
        )
        for row in _read("pages")["page"]
    )


@cache
def delivery() -> DeliveryWords:
    """Give the delivery zones and their rates."""
    words = _read("delivery")
    return DeliveryWords(
        tuple(
            ZoneWords(zone["name"], tuple(zone["counties"]), tuple(map(_rate, zone["rate"])))
            for zone in words["zone"]
        ),
        tuple(PointWords(**point) for point in words["pickup_point"]),
    )


@cache
def contacts() -> tuple[ContactWords, ...]:
    """Give the placeholder shoppers that demo orders are placed for."""
    return tuple(
        ContactWords(**{"email": "", "notes": "", **row}) for row in _read("contacts")["contact"]
    )


def _rate(row: dict[str, Any]) -> RateWords:
    return RateWords(
        code=row["code"],
        name=row["name"],
        description=row["description"],
        price=Decimal(row["price"]),
        free_from=Decimal(row["free_from"]) if "free_from" in row else None,
        max_weight=Decimal(row["max_weight"]) if "max_weight" in row else None,
    )


def _read(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
