"""A new install opens on a home page with the root of the categories below it."""

from wagtail.models import Page, Site

from home.models import HomePage
from shop.catalog.models import CategoryPage, Listing
from shop.tests.factories import ShopSite, make_category_path, make_image, make_product


def test_the_first_pages(db: None) -> None:
    site = Site.objects.get(is_default_site=True)
    home = HomePage.objects.get()
    assert site.root_page_id == home.pk
    assert home.url_path == "/home/"
    assert home.get_children().type(CategoryPage).get().title == "All Products"
    assert Page.find_problems() == ([], [], [], [], [])


def test_pages_and_products_can_be_put_below(shop_site: ShopSite) -> None:
    fruits = make_category_path("Produce", "Fruits")
    product = make_product("Mango", price="40.50", categories=[fruits], pictures=[make_image()])
    assert fruits.url_path == "/home/all-products/produce/fruits/"
    assert Page.find_problems() == ([], [], [], [], [])
    assert set(Listing.objects.filter(product=product).values_list("category_id", flat=True)) == {
        0,
        shop_site.all_products.pk,
        fruits.get_parent().pk,
        fruits.pk,
    }
