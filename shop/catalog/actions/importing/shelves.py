"""Which categories an import's rows go to, looked up once for the whole file."""

from collections.abc import Iterable, Sequence

from wagtail.models import Page

from shop.catalog.actions.categories import ensure_categories, find_categories
from shop.catalog.importing.paths import write_category_paths
from shop.catalog.models import WHOLE_SHOP, CategoryPage
from shop.catalog.rules import ancestor_paths
from shop.core.errors import ShopError

Names = tuple[str, ...]


class CategoryGone(Exception):
    """Somebody has deleted a category that the import was about to use."""


class Shelves:
    """Category paths of the file by page id, and what lies above each of them."""

    def __init__(self, *, make_missing: bool) -> None:
        self._make_missing = make_missing
        self.refused: dict[Names, str] = {}
        self.missing: set[Names] = set()
        self.forget()

    def forget(self) -> None:
        """Look everything up again: somebody has changed the tree, or what we made is undone."""
        self._ids: dict[Names, int] = {}
        self._tree_paths: dict[int, str] = {}
        self._by_tree_path: dict[str, int] = {}
        self._above: dict[int, frozenset[int]] = {}
        self._live: set[int] = set()
        self._titles: dict[str, str] = {}

    def find(self, paths: Iterable[Names]) -> None:
        """Learn the ids of these paths, making pages that are missing unless this is a trial."""
        unknown = {names for names in paths if names not in self._ids}
        unknown -= self.refused.keys() | self.missing
        if not unknown:
            return
        if not self._make_missing:
            self._ids |= find_categories(unknown)
            self.missing |= unknown - self._ids.keys()
            return
        try:
            self._ids |= ensure_categories(sorted(unknown))
        except ShopError as error:
            if error.code != "bad_category_path":
                raise
            self.refused |= {problem["path"]: problem["reason"] for problem in error.details}
            self.find(unknown)

    def ids_of(self, paths: Sequence[Names]) -> tuple[int, ...]:
        """Return the page ids of paths in their order, each once; 0 for one yet to be made."""
        return tuple(dict.fromkeys(self._ids.get(names, 0) for names in paths))

    def hold(self, category_ids: Iterable[int]) -> None:
        """Keep these pages where they are until the transaction ends, and read what lies above.

        Nobody can move, hide or delete them meanwhile, so that the lists we write stay true.
        Raises CategoryGone when one of them has been deleted since it was found.
        """
        wanted = sorted(set(category_ids))
        held = list(
            Page.objects.select_for_update(of=("self",), no_key=True)
            .filter(pk__among=wanted)
            .order_by("path")
            .values_list("pk", "path", "live")
        )
        if len(held) < len(wanted):
            raise CategoryGone
        if any(self._tree_paths.get(pk) != path for pk, path, _ in held):
            self._tree_paths = dict(CategoryPage.objects.values_list("pk", "path"))
            self._by_tree_path = {path: pk for pk, path in self._tree_paths.items()}
            self._above = {}
        self._live = {pk for pk, _, is_live in held if is_live}

    def lists(self, category_ids: Sequence[int]) -> frozenset[int] | None:
        """Return every list that a product in these categories stands in; None if hidden."""
        live = [pk for pk in category_ids if pk in self._live]
        if category_ids and not live:
            return None
        if len(live) == 1:
            return self._lists(live[0])
        return frozenset({WHOLE_SHOP}).union(*map(self._lists, live))

    def write(self, category_ids: Sequence[int]) -> str:
        """Write categories as the file would name them."""
        return write_category_paths(self.names_of(category_ids))

    def names_of(self, category_ids: Sequence[int]) -> list[Names]:
        """Return the titles on the way down to each of these categories, from the top one on."""
        places = dict(CategoryPage.objects.filter(pk__in=category_ids).values_list("pk", "path"))
        if not all(path in self._titles for path in places.values()):
            self._titles = dict(CategoryPage.objects.values_list("path", "title"))
        return [
            tuple(
                self._titles[path]
                for path in ancestor_paths(places[pk], from_depth=3)
                if path in self._titles
            )
            for pk in category_ids
            if pk in places
        ]

    def _lists(self, category_id: int) -> frozenset[int]:
        known = self._above.get(category_id)
        if known is None:
            above = ancestor_paths(self._tree_paths[category_id], from_depth=3)
            known = frozenset({WHOLE_SHOP, *(self._by_tree_path[path] for path in above)})
            self._above[category_id] = known
        return known
