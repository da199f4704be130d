"""Make category pages that are missing, many at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from anyascii import anyascii
from django.contrib.contenttypes.models import ContentType
from django.db import router, transaction
from django.utils.text import slugify
from wagtail.models import COMMENTS_RELATION_NAME, Page, Revision, Site
from wagtail.search.backends import get_search_backends_with_name

from shop.catalog.models import CategoryPage
from shop.catalog.rules import MAX_CATEGORY_LEVELS, MAX_PAGE_DEPTH, path_range, title_key
from shop.catalog.signals import categories_added
from shop.core.bulk import new_ids, update_rows
from shop.core.clock import now
from shop.core.errors import ShopError

ROOT_TITLE = "All Products"
MAX_TITLE = 255
BATCH = 500

Names = tuple[str, ...]


@dataclass(slots=True)
class Node:
    """A page of the tree: what is needed to find categories below it and to add some."""

    pk: int
    path: str
    title: str
    slug: str
    url_path: str
    numchild: int
    is_category: bool
    below: dict[str, "Node"] = field(default_factory=dict)
    slugs: set[str] = field(default_factory=set)
    last_step: int = 0
    added: int = 0

    def adopt(self, child: "Node") -> None:
        """Remember a page right below this one; of two equal titles the first one counts."""
        self.slugs.add(child.slug)
        self.last_step = max(self.last_step, Page._str2int(child.path[-Page.steplen :]))
        if child.is_category:
            self.below.setdefault(title_key(child.title), child)


class Tree:
    """The site's front page with all categories below it, as they are now."""

    def __init__(self, top: Page) -> None:
        first, after = path_range(top.path)
        category = ContentType.objects.get_for_model(CategoryPage).pk
        self.added: list[Node] = []
        self._nodes: dict[str, Node] = {}
        pages = Page.objects.filter(path__gte=first, path__lt=after).order_by("path")
        for row in pages.values_list(
            "pk", "path", "title", "slug", "url_path", "numchild", "content_type"
        ).iterator():
            pk, path, title, slug, url_path, numchild, content_type = row
            node = Node(pk, path, title, slug, url_path, numchild, content_type == category)
            self._nodes[node.path] = node
            above = self._nodes.get(node.path[: -Page.steplen])
            if above:
                above.adopt(node)
        self.top = self._nodes[top.path]
        self.depth_of_root = top.depth + 1

    @property
    def root(self) -> Node | None:
        """The category above all others: the one called All Products, or else the first."""
        named = self.top.below.get(title_key(ROOT_TITLE))
        return named or next(iter(self.top.below.values()), None)

    def find(self, names: Names) -> Node | None:
        """Return the category of a path, if there is one."""
        node, rest = self._start(names)
        for name in rest:
            if node is None:
                return None
            node = node.below.get(title_key(name))
        return node

    def _start(self, names: Names) -> tuple[Node | None, Names]:
        """Return where a path begins and which of its names lie below that."""
        named = self.top.below.get(title_key(names[0]))
        if named is not None:
            return named, names[1:]
        return self.root, names[1:] if title_key(names[0]) == title_key(ROOT_TITLE) else names

    def ensure(self, names: Names) -> Node:
        """Return the category of a path, planning those that are missing."""
        node, rest = self._start(names)
        if node is None:
            node = self._add(self.top, ROOT_TITLE)
        for name in rest:
            node = node.below.get(title_key(name)) or self._add(node, name.strip())
        return node

    def is_too_deep(self, names: Names) -> bool:
        """Tell whether a path does not fit into the tree at the place where it begins."""
        node, rest = self._start(names)
        depth = len(node.path) // Page.steplen if node else self.depth_of_root
        return depth + len(rest) > MAX_PAGE_DEPTH

    def _add(self, above: Node, title: str) -> Node:
        depth = len(above.path) // Page.steplen + 1
        slug = free_slug(title, above.slugs)
        node = Node(
            pk=0,
            path=Page._get_path(above.path, depth, above.last_step + 1),
            title=title,
            slug=slug,
            url_path=f"{above.url_path}{slug}/",
            numchild=0,
            is_category=True,
        )
        above.adopt(node)
        above.added += 1
        self.added.append(node)
        self._nodes[node.path] = node
        return node

    def grown(self) -> list[Node]:
        """Return the pages that were there before and have new pages right below them."""
        return [node for node in self._nodes.values() if node.pk and node.added]


def free_slug(title: str, taken: set[str]) -> str:
    """Return the address part for a title in any script that no sibling has: C++ and C# differ."""
    base = slugify(anyascii(title))[:240].strip("-") or "category"
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def find_categories(paths: Iterable[Names]) -> dict[Names, int]:
    """Return the page ids of those category paths that exist."""
    tree = Tree(_front_page())
    found = {names: tree.find(names) for names in paths}
    return {names: node.pk for names, node in found.items() if node is not None}


def ensure_categories(paths: Iterable[Names]) -> dict[Names, int]:
    """Return the page id of every category path, making the pages that are missing.

    Titles match among siblings whatever their case. A path that begins with the title of a top
    category (All Products) begins there; any other lies below the root category. Raises ShopError,
    writing nothing: `no_site`, or `bad_category_path` whose details name each wrong `path`.
    """
    wanted = list(dict.fromkeys(paths))
    if not wanted:
        return {}
    with transaction.atomic():
        tree = Tree(_front_page())
        _refuse(wanted, tree)
        if not all(map(tree.find, wanted)):
            # Read again: somebody may have made them while we waited for the lock.
            top = _lock()
            tree = Tree(top)
            _refuse(wanted, tree)
            for names in wanted:
                tree.ensure(names)
            _write(tree, top)
        return {names: node.pk for names in wanted if (node := tree.find(names))}


def _refuse(paths: Iterable[Names], tree: Tree) -> None:
    problems = [
        {"path": names, "reason": reason}
        for names in paths
        if (reason := _name_problem(names) or _depth_problem(names, tree))
    ]
    if problems:
        raise ShopError("bad_category_path", str(problems[0]["reason"]), details=problems)


def _name_problem(names: Names) -> str:
    if not names or not all(name.strip() for name in names):
        return "A category needs a name on every level."
    if any(len(name.strip()) > MAX_TITLE for name in names):
        return f"A category's name can have {MAX_TITLE} characters at most."
    return ""


def _depth_problem(names: Names, tree: Tree) -> str:
    if not tree.is_too_deep(names):
        return ""
    return (
        f"{'/'.join(names[:2])}/… would be too deep; categories can be nested"
        f" {MAX_CATEGORY_LEVELS} levels deep at most."
    )


def _front_page() -> Page:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        raise ShopError("no_site", "The shop has no site yet; make one under Settings, Sites.")
    page: Page = site.root_page
    return page


def _lock() -> Page:
    """Let nobody else make categories in bulk until this transaction ends."""
    front = _front_page()
    locked: Page = Page.objects.select_for_update(of=("self",), no_key=True).get(pk=front.pk)
    return locked


def _write(tree: Tree, top: Page) -> None:
    """Insert the planned pages: no save() each, but the same rows, revisions and search entries."""
    pages = _pages(tree.added, top)
    for part in _batches(pages):
        Page.objects.bulk_create(
            Page(**{field.attname: getattr(page, field.attname) for field in _base_fields()})
            for page in part
        )
        CategoryPage._base_manager._insert(
            part,
            fields=CategoryPage._meta.local_concrete_fields,
            using=router.db_for_write(CategoryPage),
        )
        Revision.objects.bulk_create(map(_first_revision, part))
    update_rows(
        Page,
        ("numchild",),
        [(node.numchild + node.added, node.pk) for node in tree.grown()],
    )
    for _name, backend in get_search_backends_with_name(with_auto_update=True):
        for part in _batches(pages):
            backend.add_bulk(CategoryPage, part)
    categories_added.send(sender=CategoryPage, category_ids=[page.pk for page in pages])


def _base_fields() -> list[Any]:
    return list(Page._meta.concrete_fields)


def _pages(nodes: Sequence[Node], top: Page) -> list[CategoryPage]:
    """Build the pages with their keys and those of their first revisions, live and latest.

    A new category has no picture and no blocks, so the index of references has nothing of it.
    """
    moment = now()
    content_type = ContentType.objects.get_for_model(CategoryPage)
    pages = []
    for node, pk, revision_id in zip(
        nodes, new_ids(Page, len(nodes)), new_ids(Revision, len(nodes)), strict=True
    ):
        node.pk = pk
        page = CategoryPage(
            id=pk,
            page_ptr_id=pk,
            title=node.title,
            draft_title=node.title,
            slug=node.slug,
            path=node.path,
            depth=len(node.path) // Page.steplen,
            numchild=node.added,
            url_path=node.url_path,
            locale_id=top.locale_id,
            live=True,
            first_published_at=moment,
            last_published_at=moment,
            latest_revision_created_at=moment,
            latest_revision_id=revision_id,
            live_revision_id=revision_id,
        )
        page.content_type = content_type
        # Said here, or the revision would ask the database for each page's comments.
        setattr(page, COMMENTS_RELATION_NAME, [])
        page._state.adding = False
        page._state.db = router.db_for_write(CategoryPage)
        pages.append(page)
    return pages


def _first_revision(page: CategoryPage) -> Revision:
    return Revision(
        pk=page.latest_revision_id,
        content_type=page.content_type,
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=str(page.pk),
        created_at=page.latest_revision_created_at,
        object_str=page.title,
        content=page.serializable_data(),
    )


def _batches(pages: Sequence[CategoryPage]) -> Iterator[Sequence[CategoryPage]]:
    for start in range(0, len(pages), BATCH):
        yield pages[start : start + BATCH]
