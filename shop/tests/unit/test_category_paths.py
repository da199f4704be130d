"""Category paths in one cell: `/` or `>`, several apart by `|`, names with any sign in them."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.catalog.importing.paths import read_category_paths, write_category_paths
from shop.catalog.rules import MAX_CATEGORY_LEVELS
from shop.core.spreadsheets import ValueRefused

from .catalogue_files import REAL_DATA, needs_real_data


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("All Products/Produce/Fruits", [["All Products", "Produce", "Fruits"]]),
        ("All Products > Produce > Fruits", [["All Products", "Produce", "Fruits"]]),
        ("All>Produce", [["All", "Produce"]]),
        (" All / Produce | All/ Sale ", [["All", "Produce"], ["All", "Sale"]]),
        ("All/Produce|All/Produce", [["All", "Produce"]]),
        (r"All/TV\/DVD Combos", [["All", "TV/DVD Combos"]]),
        (r"All > TV\/DVD Combos", [["All", "TV/DVD Combos"]]),
        (r"R&D > Lab\/Test", [["R&D", "Lab/Test"]]),
        (r"R&D \> Lab/Test", [["R&D > Lab", "Test"]]),
        (r"All/A\|B|All/C\\|All/D\E", [["All", "A|B"], ["All", "C\\"], ["All", "D\\E"]]),
        ("All/A > B|All > C", None),
        ("/All", None),
        ("All/", None),
        ("All > > B", None),
        ("All|", None),
        ("All/B\nC", None),
        ("All/" + "x" * 256, None),
        ("|".join(f"C{n}" for n in range(51)), None),
        ("/".join("x" * MAX_CATEGORY_LEVELS), [["x"] * MAX_CATEGORY_LEVELS]),
        ("/".join("x" * (MAX_CATEGORY_LEVELS + 1)), None),
    ],
)
def test_a_cell_of_paths(text: str, paths: list[list[str]] | None) -> None:
    if paths is None:
        with pytest.raises(ValueRefused):
            read_category_paths(text)
    else:
        assert read_category_paths(text) == tuple(tuple(path) for path in paths)


def test_a_path_with_both_separators_is_not_guessed_at() -> None:
    with pytest.raises(ValueRefused, match="both / and >") as caught:
        read_category_paths("R&D > Lab/Test")
    assert caught.value.code == "ambiguous_category_path"


def test_a_path_too_deep_says_how_deep_one_may_be() -> None:
    with pytest.raises(ValueRefused, match=r"100 levels; .* at most 61 levels") as caught:
        read_category_paths("/".join("x" * 100))
    assert caught.value.code == "category_too_deep"


NAMES = st.text("ab/>|\\ é", min_size=1, max_size=8).map(str.strip).filter(bool)
PATHS = st.lists(st.lists(NAMES, min_size=1, max_size=6), min_size=1, max_size=4)


@given(PATHS)
def test_any_path_that_is_written_is_read_back(paths: list[list[str]]) -> None:
    expected = tuple(dict.fromkeys(tuple(path) for path in paths))
    assert read_category_paths(write_category_paths(paths)) == expected


@needs_real_data
def test_the_real_category_tree_is_read_back() -> None:
    paths = json.loads((REAL_DATA / "category-paths-bestbuy.json").read_text(encoding="utf-8"))
    assert len(paths) == 4_584
    named = [path for path in paths if all(name.strip() for name in path)]
    assert len(named) > 4_500
    for path in named:
        expected = tuple(unicodedata.normalize("NFC", name.strip()) for name in path)
        assert read_category_paths(write_category_paths([path])) == (expected,)
