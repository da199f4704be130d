"""Shapes of products, categories and files."""

from rest_framework import serializers as s

from shop.api.schema.shapes.basics import Choosable, MetaShape, Shape, money


class CategoryReferenceShape(Shape):
    """A category in short."""

    id = s.IntegerField()
    title = s.CharField()
    slug = s.CharField()


class ImageShape(Shape):
    """A picture."""

    alt = s.CharField()
    url = s.URLField()
    width = s.IntegerField()
    height = s.IntegerField()


class ProductItemShape(Choosable):
    """A product in a list."""

    id = s.IntegerField()
    meta = MetaShape()
    name = s.CharField()
    sku = s.CharField()
    brand = s.CharField()
    price = money(help_text="The list price")
    sale_price = money(allow_null=True, help_text="While a sale is on")
    current_price = money(help_text="What it costs now; the lowest of its variants")
    currency = s.CharField()
    on_sale = s.BooleanField()
    in_stock = s.BooleanField()
    featured = s.BooleanField()
    categories = CategoryReferenceShape(many=True)
    image = ImageShape(allow_null=True)


class VariantShape(Shape):
    """One choice of a product that can be bought."""

    id = s.IntegerField(allow_null=True, help_text="Null only in a draft that was not published")
    sku = s.CharField()
    options = s.DictField(child=s.CharField())
    price = money()
    sale_price = money(allow_null=True)
    current_price = money()
    currency = s.CharField()
    in_stock = s.BooleanField()
    available = s.IntegerField(allow_null=True, help_text="Units left; null where nobody counts")
    weight = s.CharField(allow_null=True, help_text="In kg, with its packing")


class AttributeShape(Shape):
    """A fact about a product."""

    name = s.CharField()
    value = s.CharField()


class ProductShape(ProductItemShape):
    """A product with everything about it."""

    description = s.CharField(help_text="HTML")
    attributes = AttributeShape(many=True)
    images = ImageShape(many=True)
    variants = VariantShape(many=True)


class WrittenProductShape(ProductShape):
    """A product as its writer sees it."""

    live = s.BooleanField()


class CategoryShape(Choosable):
    """A category of the tree."""

    id = s.IntegerField()
    meta = MetaShape()
    title = s.CharField()
    slug = s.CharField()
    path = s.ListField(child=s.CharField(), help_text="Titles from the root down")
    parent = s.IntegerField(allow_null=True)  # type: ignore[assignment]
    depth = s.IntegerField(help_text="1 for the root category")
    product_count = s.IntegerField(help_text="With all categories below, each product once")


class CategoryPathInput(Shape):
    """Where a category should be."""

    path = s.ListField(child=s.CharField(), help_text="Titles from the root down")


class CategoryNodeShape(CategoryShape):
    """A category with those below it."""

    children = s.ListField(child=s.DictField(), help_text="Nodes like this one")


class PricesShape(Shape):
    """What things cost in a category with all below it; null where it holds nothing."""

    category = CategoryReferenceShape()
    path = s.ListField(child=s.CharField())
    average_price = money(allow_null=True)
    min_price = money(allow_null=True)
    max_price = money(allow_null=True)
    currency = s.CharField()
    product_count = s.IntegerField()
    include_descendants = s.BooleanField()


class RowsShape(Shape):
    """What became of a file's rows."""

    total = s.IntegerField()
    read = s.IntegerField()
    created = s.IntegerField()
    updated = s.IntegerField()
    unchanged = s.IntegerField()
    refused = s.IntegerField()


class RowErrorShape(Shape):
    """Why a row was refused."""

    line = s.IntegerField()
    sku = s.CharField()
    column = s.CharField()
    code = s.CharField()
    detail = s.CharField()


class UploadInput(Shape):
    """A catalogue file: CSV or JSON."""

    file = s.FileField()


class CatalogueProductInput(Shape):
    """A product of a catalogue file in JSON."""

    sku = s.CharField()
    name = s.CharField()
    description = s.CharField(required=False)
    price = money()
    currency = s.CharField(required=False)
    stock = s.IntegerField(required=False)
    categories = s.ListField(child=s.ListField(child=s.CharField()))


class CatalogueInput(Shape):
    """A catalogue file in JSON."""

    products = CatalogueProductInput(many=True)


class QueuedShape(Shape):
    """A file that is waiting."""

    id = s.IntegerField()
    status_url = s.URLField()


class KeptRowShape(Shape):
    """A row that undoing did not simply take back."""

    line = s.IntegerField()
    sku = s.CharField()
    outcome = s.CharField(help_text="kept or unpublished")
    detail = s.CharField()


class UndoShape(Shape):
    """How far the undoing of an import is."""

    status = s.CharField(help_text="waiting, running, done or failed")
    undone = s.IntegerField()
    kept = s.IntegerField()
    rows = KeptRowShape(many=True)
    finished_at = s.DateTimeField(allow_null=True)


class ImportShape(QueuedShape):
    """What became of a catalogue file."""

    status = s.CharField(help_text="waiting, running, done, refused or failed")
    filename = s.CharField()
    dry_run = s.BooleanField()
    rows = RowsShape()
    errors_found = s.IntegerField()
    errors = RowErrorShape(many=True)  # type: ignore[assignment]
    warnings = s.ListField(child=s.JSONField())
    differences = s.ListField(child=s.JSONField())
    undo_url = s.URLField(allow_null=True)
    undo = UndoShape(allow_null=True)
    created_at = s.DateTimeField()
    finished_at = s.DateTimeField(allow_null=True)
