"""Keep open and scheduled drafts true to what happened to the live product meanwhile."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Q
from django.utils.dateparse import parse_datetime
from wagtail.models import Revision, TaskState

from shop.catalog.models import Product
from shop.catalog.rules import merge_children, merge_fields, plain_text, sku_key
from shop.core.bulk import update_rows

Content = dict[str, Any]

# By what the rows of each kind of child are matched.
CHILDREN = {"placements": "category", "variants": "pk", "pictures": "pk", "attributes": "pk"}
FIGURES = {"price", "sale_price", "price_difference", "weight"}
MOMENTS = {"sale_from", "sale_until", "go_live_at", "expire_at"}


@contextmanager
def drafts_follow(product_ids: Iterable[int]) -> Iterator[None]:
    """Merge what the block does to these live products into their drafts.

    For every change that does not come from the editor. Products without revisions cost one query.
    """
    with transaction.atomic():
        before = live_contents(product_ids)
        yield
        if before:
            merge_into_drafts(before=before, after=live_contents(before))


def live_contents(product_ids: Iterable[int]) -> dict[int, Content]:
    """Return what revisions would say of the live products that have any."""
    products = Product.objects.filter(
        pk__in=list(product_ids), latest_revision__isnull=False
    ).prefetch_related(*CHILDREN)
    return {product.pk: _as_json(product.serializable_data()) for product in products}


def merge_into_drafts(*, before: Mapping[int, Content], after: Mapping[int, Content]) -> None:
    """Patch the latest, the scheduled and the submitted revisions of products that have changed."""
    changed = [pk for pk in before if pk in after and before[pk] != after[pk]]
    if not changed:
        return
    patched = [
        (_merged(revision.content, before[pk], after[pk]), revision.pk)
        for revision in _open_revisions(changed)
        if (pk := int(revision.object_id))
    ]
    update_rows(Revision, ("content",), patched)


def _open_revisions(product_ids: list[int]) -> Iterable[Revision]:
    """Return the revisions of products that go live without being picked by hand."""
    latest = Product.objects.filter(pk__in=product_ids).values("latest_revision")
    submitted = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, revision__isnull=False
    ).values("revision")
    return Revision.objects.filter(
        Q(pk__in=latest) | Q(approved_go_live_at__isnull=False) | Q(pk__in=submitted),
        base_content_type=ContentType.objects.get_for_model(Product),
        object_id__in=[str(pk) for pk in product_ids],
    )


def _merged(draft: Content, before: Content, after: Content) -> Content:
    fields = {name: value for name, value in draft.items() if name not in CHILDREN}
    content: Content = merge_fields(before, after, fields, same=same_value)
    for child, key in CHILDREN.items():
        rows = _in_order(draft.get(child, []))
        old, new = _in_order(before[child]), _in_order(after[child])
        if child == "variants":
            rows = _with_keys(rows, old, new)
        content[child] = _in_order(merge_children(old, new, rows, key=key, same=same_value))
    known = {*draft.get("known_variants", []), *(row["pk"] for row in content["variants"])}
    content["known_variants"] = sorted(known - {None})
    return content


def _with_keys(
    draft: list[Content], before: Iterable[Content], after: Iterable[Content]
) -> list[Content]:
    """Let a variant that was added both to the draft and to the shop be one."""
    old = {row["pk"] for row in before}
    new = {sku_key(row["sku"]): row["pk"] for row in after if row["pk"] not in old}
    return [
        {**row, "pk": new.get(sku_key(row["sku"]))} if row["pk"] is None else row for row in draft
    ]


def _in_order(rows: Iterable[Content]) -> list[Content]:
    """Number rows from 0 in their order: forms begin with 1, and numbers may leave gaps."""
    ordered = sorted(rows, key=lambda row: row.get("sort_order") or 0)
    return [{**row, "sort_order": place} for place, row in enumerate(ordered)]


def same_value(name: str, one: object, other: object) -> bool:
    """Tell whether a field says the same in a draft as in the live row.

    A form writes "12" where the table says "12.00", and marks up the words of a description anew;
    neither is an editor's change.
    """
    if one == other:
        return True
    if name in FIGURES:
        return _figure(one) == _figure(other)
    if name in MOMENTS:
        return _moment(one) == _moment(other)
    if name == "description":
        return plain_text(str(one)) == plain_text(str(other))
    return False


def _figure(value: object) -> Decimal | None:
    try:
        return None if value in (None, "") else Decimal(str(value))
    except InvalidOperation:
        return None


def _moment(value: object) -> datetime | None:
    return parse_datetime(str(value)) if value else None


def _as_json(content: Content) -> Content:
    made: Content = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    return made
