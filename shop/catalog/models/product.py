"""Products: snippets whose words, pictures, categories, variants and prices live in revisions."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from shop.catalog.blocks import RICH_TEXT_FEATURES
from shop.catalog.models.identity import keep_as_draft, make_room, refuse_taken, slug_base
from shop.catalog.models.unedited import keep_live_until_then
from shop.catalog.models.variant import Variant
from shop.catalog.models.words import ProductQuerySet
from shop.catalog.rules import sku_key
from shop.catalog.signals import products_changed


class TaxClass(models.TextChoices):
    """How VAT applies (Kenya, VAT Act 2013: standard, zero-rated, exempt)."""

    STANDARD = "standard", _("Standard rate")
    ZERO = "zero", _("Zero-rated")
    EXEMPT = "exempt", _("Exempt")


class Product(
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    ClusterableModel,
):
    """What we sell. All of it is editorial; stock and counters live elsewhere."""

    name = models.CharField(_("name"), max_length=300)
    slug = models.SlugField(
        _("address"),
        max_length=255,
        unique=True,
        blank=True,
        help_text=_("The last part of the product's address; made from the name if left empty"),
    )
    sku = models.CharField(
        "SKU", max_length=64, blank=True, help_text=_("Made by the shop if left empty")
    )
    sku_key = models.CharField(max_length=128, unique=True, editable=False)
    description = RichTextField(_("description"), blank=True, features=RICH_TEXT_FEATURES)
    brand = models.CharField(_("brand"), max_length=120, blank=True)
    featured = models.BooleanField(
        _("featured"), default=False, help_text=_("Comes first in its categories")
    )
    price = models.DecimalField(
        _("price"), max_digits=12, decimal_places=2, help_text=_("With VAT, as shoppers see it")
    )
    sale_price = models.DecimalField(
        _("sale price"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    sale_from = models.DateTimeField(_("sale from"), null=True, blank=True)
    sale_until = models.DateTimeField(_("sale until"), null=True, blank=True)
    tax_class = models.CharField(
        _("VAT"), max_length=10, choices=TaxClass, default=TaxClass.STANDARD
    )
    seo_title = models.CharField(_("title for search engines"), max_length=120, blank=True)
    seo_description = models.CharField(
        _("description for search engines"), max_length=300, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ProductQuerySet.as_manager()

    preview_modes = [("", _("Product page"))]

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        constraints = [
            models.CheckConstraint(condition=Q(price__gte=0), name="price_not_negative"),
            models.CheckConstraint(
                condition=Q(sale_price__isnull=True) | Q(sale_price__gte=0),
                name="sale_price_not_negative",
            ),
        ]
        indexes = [
            models.Index(
                fields=["sale_from", "sale_until"],
                condition=Q(sale_price__isnull=False),
                name="product_sale_windows",
            ),
            models.Index(
                fields=["sale_until"],
                condition=Q(sale_price__isnull=False),
                name="product_sale_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("product", args=[self.slug])

    @property
    def url(self) -> str:
        """The address of the product's page, without the host."""
        return self.get_absolute_url()

    def clean(self) -> None:
        super().clean()
        if self.price is not None and self.price < 0:
            raise ValidationError({"price": _("The price cannot be negative.")})
        if self.sale_price is not None and self.price is not None and self.sale_price >= self.price:
            raise ValidationError({"sale_price": _("The sale price must be lower than the price.")})
        if self.sale_from and self.sale_until and self.sale_from >= self.sale_until:
            raise ValidationError({"sale_until": _("The sale must end after it begins.")})
        if self.sku and Product.objects.exclude(pk=self.pk).filter(sku_key=sku_key(self.sku)):
            raise ValidationError({"sku": _("Another product has this SKU already.")})

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or self._free_slug()
        super().full_clean(*args, **kwargs)

    def _free_slug(self) -> str:
        base = slug_base(self.name)
        slug, number = base, 1
        while Product.objects.exclude(pk=self.pk).filter(slug=slug).exists():
            number += 1
            slug = f"{base}-{number}"
        return slug

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the product with its children and tell the floors above."""
        self.slug = self.slug or self._free_slug()
        self.sku = self.sku.strip() or self._new_sku()
        self.sku_key = sku_key(self.sku)
        self._complete_variants()
        make_room(self.pk, self.variants.all())
        super().save(*args, **kwargs)
        products_changed.send(sender=Product, product_ids=[self.pk])

    def _new_sku(self) -> str:
        highest = Product.objects.aggregate(highest=models.Max("pk"))["highest"] or 0
        number = highest + 1
        while Variant.objects.filter(sku_key=f"p{number:06d}").exists():
            number += 1
        return f"P{number:06d}"

    def _complete_variants(self) -> None:
        """Make the one variant of a product without options, and every missing SKU."""
        variants = list(self.variants.all())
        if not variants:
            self.variants.add(Variant(sku=self.sku))
        elif len(variants) == 1 and not variants[0].options and not variants[0].sku:
            variants[0].sku = self.sku
        for number, variant in enumerate(variants, start=1):
            variant.sku = variant.sku.strip() or f"{self.sku}-{number}"
        if variants:
            self.variants.set(variants)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Publish a revision.

        Raises ValidationError when its address or a SKU is another product's by now; on a schedule,
        where nobody would see that, the revision stays a draft and the log says why.
        """
        try:
            refuse_taken(revision.as_object())
        except ValidationError as problem:
            if kwargs.get("log_action") != "wagtail.publish.scheduled":
                raise
            return keep_as_draft(revision, problem)
        keep_live_until_then(self, revision)
        return super().publish(revision, *args, **kwargs)

    def serializable_data(self) -> dict[str, Any]:
        """Add which variants this revision knows of; see `with_content_json`."""
        data = super().serializable_data()
        known = Variant.objects.filter(product_id=self.pk).values_list("pk", flat=True)
        data["known_variants"] = sorted(known) if self.pk else []
        return data

    def with_content_json(self, content: dict[str, Any]) -> "Product":
        """Restore a revision without losing variants that came after it.

        A revision can only take out what it knew: a variant made since by an import or through the
        API is kept. Identity, search data and timestamps of the live row are kept as well.
        """
        content = dict(content)
        known = set(content.pop("known_variants", []))
        content["variants"] = _with_weights(self.pk, content.get("variants", []))
        product = super().with_content_json(content)
        product.created_at = self.created_at
        product.live_revision = self.live_revision
        newer = [v for v in Variant.objects.filter(product_id=self.pk) if v.pk not in known]
        present = {variant.pk for variant in product.variants.all()}
        added = [variant for variant in newer if variant.pk not in present]
        if added:
            product.variants.set([*product.variants.all(), *added])
        return product

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "storefront/product.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        from shop.catalog.queries.product_page import product_page  # noqa: PLC0415

        return {**super().get_preview_context(request, mode_name), **product_page(self)}


def _with_weights(product_id: int, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Let a revision from before there were weights leave the live ones as they are."""
    if all("weight" in row for row in rows):
        return rows
    live = dict(Variant.objects.filter(product_id=product_id).values_list("pk", "weight"))
    return [{"weight": live.get(row.get("pk")), **row} for row in rows]
