"""What one part of a file would do to the shop, decided before anything is written."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from shop.catalog.importing.rows import CatalogueRow, RowProblem
from shop.catalog.models import ImportedRow

from .present import PresentProduct, PresentVariant


@dataclass(slots=True)
class NewVariant:
    """A variant to be made. Has what `listings.entry_of` asks of a variant."""

    sku: str
    sku_key: str
    options: dict[str, str]
    price: Decimal | None
    sale_price: Decimal | None
    stock: int | None
    weight: Decimal | None = None
    pk: int = 0
    price_difference: ClassVar[None] = None


@dataclass(slots=True)
class NewProduct:
    """A product to be made. Has what `listings.entry_of` asks of a product."""

    sku: str
    sku_key: str
    name: str
    description: str
    brand: str
    price: Decimal
    sale_price: Decimal | None
    stock: int | None
    categories: tuple[int, ...]
    created_at: datetime
    picture: Path | None = None
    picture_id: int | None = None
    weight: Decimal | None = None
    variants: list[NewVariant] = field(default_factory=list)
    pk: int = 0
    slug: str = ""
    sale_from: ClassVar[None] = None
    sale_until: ClassVar[None] = None
    featured: ClassVar[bool] = False

    @property
    def first_published_at(self) -> datetime:
        """A product that is imported is for sale at once."""
        return self.created_at

    def complete(self) -> None:
        """Give a product that got no variants of its own the one that it sells by."""
        if not self.variants:
            own = NewVariant(self.sku, self.sku_key, {}, None, None, self.stock, self.weight)
            self.variants = [own]


@dataclass(slots=True)
class ProductChange:
    """What becomes different about a product that exists."""

    product: PresentProduct
    fields: dict[str, Any] = field(default_factory=dict)
    categories: tuple[int, ...] | None = None
    variants: dict[int, dict[str, Any]] = field(default_factory=dict)
    new_variants: list[NewVariant] = field(default_factory=list)
    counts: dict[int, int] = field(default_factory=dict)
    picture: Path | None = None
    picture_id: int | None = None

    @property
    def retired(self) -> PresentVariant | None:
        """The automatic variant, which goes when the first real one comes."""
        return self.product.automatic_variant if self.new_variants else None


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that a dry run would change, as a person reads it."""

    line: int
    sku: str
    column: str
    before: str
    after: str

    def as_json(self) -> dict[str, Any]:
        """Return it for the report that is kept."""
        return asdict(self)


@dataclass(slots=True)
class Note:
    """What a row would do or has done, for people and for undoing it."""

    row: CatalogueRow
    result: ImportedRow.Result
    change: ProductChange | NewProduct | None = None
    variant: NewVariant | PresentVariant | None = None
    told: list[dict[str, str]] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """Everything that a part of a file would do."""

    new: dict[str, NewProduct] = field(default_factory=dict)
    changes: dict[int, ProductChange] = field(default_factory=dict)
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    noted: Counter[str] = field(default_factory=Counter)
    notes: list[Note] = field(default_factory=list)

    def change_of(self, product: PresentProduct) -> ProductChange:
        """Return the change of a product, none yet if it is the first."""
        return self.changes.setdefault(product.pk, ProductChange(product))

    def refuse(self, row: CatalogueRow, column: str, code: str, detail: str) -> None:
        """Keep a row out."""
        self.problems.append(RowProblem(row.line, row.sku, column, code, detail))
        self.refused += 1
