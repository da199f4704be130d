"""What a catalogue file says once it has been read: rows, problems, and the file itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

MAX_SKU = 64
MAX_SKU_KEY = 128  # a ligature may fall apart into several letters
MAX_NAME = 300
MAX_BRAND = 120
MAX_CATEGORY_NAME = 255
MAX_CATEGORIES = 50
MAX_DESCRIPTION = 50_000
MAX_IMAGE_URL = 1_000
MAX_OPTIONS = 20
MAX_OPTION_COLUMNS = 200
MAX_OPTION_NAME = 60
MAX_OPTION_VALUE = 60
# A file may have many option columns; one variant fills a few of them.
MAX_OPTIONS_OF_ONE = 5
MAX_STOCK = 1_000_000_000
MAX_PRICE = Decimal("9999999.99")
MAX_WEIGHT = Decimal("99999.999")

REQUIRED_COLUMNS = ("sku", "name", "price", "category_path")
OPTIONAL_COLUMNS = (
    "description",
    "currency",
    "sale_price",
    "stock",
    "brand",
    "image_url",
    "parent_sku",
    "weight",
)
OPTION_PREFIX = "option:"


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One product (or one variant, when `parent_sku` is set) that may go into the catalogue.

    `line` is the line of the file where the row begins (the header is on line 1); in JSON the
    place in `products`, counted from 1. `given` names the optional columns that the file has:
    a column that is not there says nothing, one that is there and empty says "none". Categories
    are empty only where the rest of the row is good: the shop may know the product as one without.
    """

    line: int
    sku: str
    sku_key: str
    name: str
    price: Decimal
    categories: tuple[tuple[str, ...], ...]
    description: str = ""
    currency: str = ""
    sale_price: Decimal | None = None
    stock: int | None = None
    brand: str = ""
    image_url: str = ""
    parent_sku: str = ""
    weight: Decimal | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    category_column: str = field(default="category_path", compare=False)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One reason why a row stays out; a row with three faults has three of these, same `line`."""

    line: int
    sku: str
    column: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """A file that was read to its end once and can be imported.

    `rows` counts those that are not blank, good and bad together: the length of a progress bar.
    """

    format: str
    rows: int
    columns: tuple[str, ...]
    delimiter: str = ""
    warnings: tuple[str, ...] = ()
