"""Category paths become pages: each once, in any script, to any depth the tree can hold."""

import json
import time

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backend

from shop.catalog.actions import ensure_categories, find_categories
from shop.catalog.models import CategoryPage
from shop.catalog.rules import title_key
from shop.core.errors import ShopError
from shop.tests.factories import ShopSite, make_category
from shop.tests.unit.catalogue_files import REAL_DATA, needs_real_data

pytestmark = pytest.mark.django_db


def sound_tree() -> bool:
    return not any(Page.find_problems())


def test_a_path_makes_every_level_that_is_missing(shop_site: ShopSite) -> None:
    produce = make_category("Produce")
    ids = ensure_categories([("All Products", "Produce", "Fruits"), ("All Products", "Bakery")])

    fruits = CategoryPage.objects.get(pk=ids["All Products", "Produce", "Fruits"])
    assert fruits.get_parent().specific == produce
    assert fruits.live
    assert fruits.url_path == "/home/all-products/produce/fruits/"
    assert CategoryPage.objects.count() == 4
    assert sound_tree()


def test_the_same_paths_again_change_nothing(shop_site: ShopSite) -> None:
    paths = [("All Products", "A", "B"), ("All Products", "A", "C")]
    first = ensure_categories(paths)
    pages = list(Page.objects.order_by("pk").values())
    assert ensure_categories(paths) == first
    assert list(Page.objects.order_by("pk").values()) == pages


def test_titles_match_whatever_their_case_and_the_space_around_them(shop_site: ShopSite) -> None:
    one = ensure_categories([("All Products", "Fruits")])
    again = ensure_categories([("ALL PRODUCTS", " fruits ")])
    assert list(one.values()) == list(again.values())


def test_capitals_in_one_file_make_one_category(shop_site: ShopSite) -> None:
    ids = ensure_categories([("All Products", "Äpfel"), ("All Products", "ÄPFEL")])
    assert len(set(ids.values())) == 1


def test_a_path_that_does_not_begin_at_the_root_lies_below_it(shop_site: ShopSite) -> None:
    ids = ensure_categories([("Bakery", "Bread")])
    page = CategoryPage.objects.get(pk=ids["Bakery", "Bread"])
    assert page.url_path == "/home/all-products/bakery/bread/"


def test_the_root_may_have_been_renamed(shop_site: ShopSite) -> None:
    CategoryPage.objects.filter(pk=shop_site.all_products.pk).update(title="Our shelves")
    ids = ensure_categories([("All Products", "A"), ("our shelves", "B"), ("Our shelves",)])
    assert ids["Our shelves",] == shop_site.all_products.pk
    assert CategoryPage.objects.get(pk=ids["All Products", "A"]).depth == 4
    assert CategoryPage.objects.get(pk=ids["our shelves", "B"]).depth == 4


def test_a_shop_without_any_category_gets_its_root(shop_site: ShopSite) -> None:
    shop_site.all_products.delete()
    ids = ensure_categories([("Bakery",)])
    assert CategoryPage.objects.get(pk=ids["Bakery",]).url_path == "/home/all-products/bakery/"
    assert sound_tree()


def test_every_sibling_has_its_own_address(shop_site: ShopSite) -> None:
    titles = ["C++", "C#", "C", "中文", "日本語", "!!!", "???", "Été", "ete"]
    ids = ensure_categories([("All Products", title) for title in titles])
    slugs = CategoryPage.objects.filter(pk__in=ids.values()).values_list("slug", flat=True)
    assert len(set(slugs)) == len(titles)
    assert all(slug.isascii() and slug for slug in slugs)


def test_a_name_may_hold_a_slash(shop_site: ShopSite) -> None:
    ids = ensure_categories([("All Products", "TV/DVD Combos")])
    assert CategoryPage.objects.get(pk=next(iter(ids.values()))).title == "TV/DVD Combos"


def test_as_deep_as_the_tree_can_hold_and_not_deeper(shop_site: ShopSite) -> None:
    deepest = ("All Products", *(f"Level {number}" for number in range(2, 62)))
    ids = ensure_categories([deepest])
    assert CategoryPage.objects.get(pk=ids[deepest]).depth == 63
    before = Page.objects.count()
    for path in [(*deepest, "One more"), ("Elsewhere", *deepest[1:])]:
        with pytest.raises(ShopError) as caught:
            ensure_categories([("All Products", "Good"), path])
        assert caught.value.code == "bad_category_path"
        assert [problem["path"] for problem in caught.value.details] == [path]
    assert Page.objects.count() == before
    assert sound_tree()


def test_a_made_page_is_like_one_that_an_editor_published(shop_site: ShopSite) -> None:
    by_hand = make_category("By hand")
    by_hand.save_revision().publish()
    made = CategoryPage.objects.get(pk=ensure_categories([("In bulk",)])["In bulk",])
    by_hand.refresh_from_db()
    own = {"id", "page_ptr_id", "title", "draft_title", "slug", "path", "url_path"}
    own |= {"translation_key", "latest_revision_id", "live_revision_id"}
    moments = {"first_published_at", "last_published_at", "latest_revision_created_at"}
    for field in CategoryPage._meta.concrete_fields:
        name = field.attname
        if name in moments or name.endswith("revision_id"):
            assert getattr(made, name) is not None
        elif name not in own:
            assert getattr(made, name) == getattr(by_hand, name), name
    assert made.latest_revision.as_object().title == "In bulk"
    assert set(made.latest_revision.content) == set(by_hand.latest_revision.content)
    assert made.translation_key != shop_site.all_products.translation_key
    page_type = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.objects.filter(base_content_type=page_type)
    assert references.filter(object_id=str(made.pk)).count() == 0
    assert references.filter(object_id=str(by_hand.pk)).count() == 0


def test_a_made_page_can_be_found_edited_and_moved(shop_site: ShopSite) -> None:
    ids = ensure_categories([("Ukulele strings",), ("Music",)])
    page = CategoryPage.objects.get(pk=ids["Ukulele strings",])
    found = get_search_backend().search("Ukulele", CategoryPage.objects.all())
    assert page in list(found)
    page.introduction = "For every ukulele"
    page.save_revision().publish()
    page.move(CategoryPage.objects.get(pk=ids["Music",]), pos="last-child")
    assert find_categories([("Music", "ukulele strings")]) == {
        ("Music", "ukulele strings"): page.pk
    }
    assert sound_tree()


def test_a_category_that_was_deleted_is_made_again(shop_site: ShopSite) -> None:
    first = ensure_categories([("A", "B")])
    CategoryPage.objects.get(title="A").delete()
    second = ensure_categories([("A", "B")])
    assert first != second
    assert Revision.objects.filter(object_id=str(second["A", "B"])).exists()
    assert sound_tree()


@needs_real_data
def test_thousands_of_real_paths_in_seconds(shop_site: ShopSite) -> None:
    text = (REAL_DATA / "category-paths-bestbuy.json").read_text()
    named = [tuple(names) for names in json.loads(text) if all(map(str.strip, names))]
    paths = list(dict.fromkeys(named))
    started = time.monotonic()
    ids = ensure_categories(paths)
    assert time.monotonic() - started < 30
    assert len(ids) == len(paths)
    assert len(set(ids.values())) == len(
        {tuple(title_key(name) for name in path) for path in paths}
    )
    assert sound_tree()
